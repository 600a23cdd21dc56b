/** Conversations that go on about a number or a period: the names of what was counted, the best one, that year. */
import type { Conversation } from './conversation.ts';

export const COUNTED_THINGS: { readonly demos: readonly Conversation[]; readonly samples: readonly Conversation[] } = {
  demos: [
    {
      id: 'shop-how-many-then-names',
      db: 'demo',
      turns: [
        {
          question: 'How many customers live in Shanghai?',
          sql: `SELECT COUNT(*) FROM customers WHERE city = 'Shanghai'`,
        },
        { question: 'list their names', sql: `SELECT customer_name FROM customers WHERE city = 'Shanghai'` },
        {
          question: 'and their segment?',
          sql: `SELECT customer_name, segment FROM customers WHERE city = 'Shanghai'`,
        },
      ],
    },
    {
      id: 'shop-how-many-then-names-zh',
      db: 'demo',
      turns: [
        { question: '有多少客户来自上海？', sql: `SELECT COUNT(*) FROM customers WHERE city = 'Shanghai'` },
        { question: '告诉我他们的名字', sql: `SELECT customer_name FROM customers WHERE city = 'Shanghai'` },
      ],
    },
    {
      id: 'shop-best-one-zh',
      db: 'demo',
      turns: [
        {
          question: '各品类销售额',
          sql: `SELECT category_name, SUM(i.amount) FROM order_items i JOIN products USING (product_id) JOIN categories USING (category_id) GROUP BY 1`,
        },
        {
          question: '最高的那个有哪些产品',
          sql: `SELECT product_name FROM products JOIN categories USING (category_id) WHERE category_name = 'Electronics'`,
        },
      ],
    },
    {
      id: 'shop-that-year',
      db: 'demo',
      turns: [
        {
          question: 'revenue in 2024',
          sql: `SELECT SUM(i.amount) FROM order_items i JOIN orders USING (order_id) WHERE year(order_date) = 2024`,
        },
        {
          question: 'how many orders were there that year?',
          sql: `SELECT COUNT(*) FROM orders WHERE year(order_date) = 2024`,
        },
      ],
    },
    {
      id: 'shop-that-year-zh',
      db: 'demo',
      turns: [
        { question: '2024年的订单数', sql: `SELECT COUNT(*) FROM orders WHERE year(order_date) = 2024` },
        {
          question: '当年的销售额是多少',
          sql: `SELECT SUM(i.amount) FROM order_items i JOIN orders USING (order_id) WHERE year(order_date) = 2024`,
        },
        {
          question: '这年哪个地区最高',
          sql: `SELECT region_name, SUM(i.amount) FROM order_items i JOIN orders USING (order_id) JOIN customers USING (customer_id) JOIN regions USING (region_id) WHERE year(order_date) = 2024 GROUP BY 1 ORDER BY 2 DESC LIMIT 1`,
        },
      ],
    },
  ],
  samples: [
    {
      id: 'employees-women-of-the-best',
      db: 'employees',
      turns: [
        {
          question: 'average salary by department',
          sql: `SELECT dept_name, AVG(amount) FROM salary JOIN employee USING (emp_no) JOIN dept_emp USING (emp_no) JOIN department USING (dept_no) GROUP BY 1`,
        },
        {
          question: 'which is the highest?',
          sql: `SELECT dept_name, AVG(amount) FROM salary JOIN employee USING (emp_no) JOIN dept_emp USING (emp_no) JOIN department USING (dept_no) GROUP BY 1 ORDER BY 2 DESC LIMIT 1`,
        },
        {
          question: 'how many women?',
          sql: `SELECT dept_name, COUNT(DISTINCT emp_no) FROM employee JOIN dept_emp USING (emp_no) JOIN department USING (dept_no) WHERE gender = 'F' AND dept_name = 'Sales' GROUP BY 1`,
          alternatives: [
            `SELECT COUNT(DISTINCT emp_no) FROM employee JOIN dept_emp USING (emp_no) JOIN department USING (dept_no) WHERE gender = 'F' AND dept_name = 'Sales'`,
          ],
        },
      ],
    },
    {
      id: 'chinook-how-many-then-names',
      db: 'chinook',
      turns: [
        {
          question: 'How many customers are from Brazil?',
          sql: `SELECT COUNT(*) FROM Customer WHERE Country = 'Brazil'`,
        },
        {
          question: 'what are their names?',
          sql: `SELECT FirstName, LastName FROM Customer WHERE Country = 'Brazil'`,
        },
        {
          question: 'and their emails?',
          sql: `SELECT FirstName, LastName, Email FROM Customer WHERE Country = 'Brazil'`,
        },
      ],
    },
    {
      id: 'northwind-how-many-then-names-zh',
      db: 'northwind',
      turns: [
        { question: '有多少供应商来自德国', sql: `SELECT COUNT(*) FROM Suppliers WHERE Country = 'Germany'` },
        { question: '他们叫什么名字', sql: `SELECT CompanyName FROM Suppliers WHERE Country = 'Germany'` },
      ],
    },
    {
      id: 'sakila-how-many-then-titles',
      db: 'sakila',
      turns: [
        { question: 'how many films are rated PG?', sql: `SELECT COUNT(*) FROM film WHERE rating = 'PG'` },
        { question: 'show me their titles', sql: `SELECT title FROM film WHERE rating = 'PG'` },
        {
          question: 'which is the longest?',
          sql: `SELECT title FROM film WHERE rating = 'PG' ORDER BY length DESC LIMIT 1`,
          alternatives: [`SELECT title, length FROM film WHERE rating = 'PG' ORDER BY length DESC LIMIT 1`],
        },
      ],
    },
    {
      id: 'employees-how-many-then-names',
      db: 'employees',
      turns: [
        {
          question: 'how many employees are in Sales?',
          sql: `SELECT COUNT(DISTINCT emp_no) FROM dept_emp JOIN department USING (dept_no) WHERE dept_name = 'Sales'`,
        },
        {
          question: 'list their last names',
          sql: `SELECT first_name, last_name FROM employee JOIN dept_emp USING (emp_no) JOIN department USING (dept_no) WHERE dept_name = 'Sales'`,
          alternatives: [
            `SELECT last_name FROM employee JOIN dept_emp USING (emp_no) JOIN department USING (dept_no) WHERE dept_name = 'Sales'`,
          ],
        },
      ],
    },
  ],
};
