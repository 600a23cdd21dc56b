/** Everyday conversations over the sample databases: every kind of follow-up, in both languages. */
import type { Conversation } from './conversation.ts';

const PLAYED = 'InvoiceLine l JOIN Track t USING (TrackId) JOIN Genre g USING (GenreId)';
const FILM_CATEGORY = 'film f JOIN film_category USING (film_id) JOIN category c USING (category_id)';
const EMPLOYED = 'department d JOIN dept_emp e USING (dept_no)';
const monthOf = (column: string): string => `strftime('%Y-%m-01', ${column})`;

export const EVERYDAY_CONVERSATIONS: readonly Conversation[] = [
  {
    id: 'chinook-country-revenue',
    db: 'chinook',
    turns: [
      {
        question: 'Total sales by billing country in 2024',
        sql: `SELECT BillingCountry, SUM(Total) FROM Invoice WHERE strftime('%Y', InvoiceDate) = '2024' GROUP BY 1`,
      },
      {
        question: 'and for 2023?',
        sql: `SELECT BillingCountry, SUM(Total) FROM Invoice WHERE strftime('%Y', InvoiceDate) = '2023' GROUP BY 1`,
      },
      {
        question: 'top 3',
        sql: `SELECT BillingCountry, SUM(Total) FROM Invoice WHERE strftime('%Y', InvoiceDate) = '2023' GROUP BY 1 ORDER BY 2 DESC LIMIT 3`,
        ordered: true,
      },
      {
        question: 'number of invoices instead',
        sql: `SELECT BillingCountry, COUNT(*) FROM Invoice WHERE strftime('%Y', InvoiceDate) = '2023' GROUP BY 1 ORDER BY 2 DESC LIMIT 3`,
      },
    ],
  },
  {
    id: 'chinook-share',
    db: 'chinook',
    turns: [
      {
        question: 'invoice total by billing country',
        sql: 'SELECT BillingCountry, SUM(Total) FROM Invoice GROUP BY 1',
      },
      {
        question: 'as a share',
        sql: 'SELECT BillingCountry, SUM(Total), 100 * SUM(Total) / SUM(SUM(Total)) OVER () FROM Invoice GROUP BY 1',
      },
      {
        question: 'only Germany',
        sql: `SELECT BillingCountry, SUM(Total), 100 * SUM(Total) / (SELECT SUM(Total) FROM Invoice) FROM Invoice WHERE BillingCountry = 'Germany' GROUP BY 1`,
      },
      {
        question: 'what about France?',
        sql: `SELECT BillingCountry, SUM(Total), 100 * SUM(Total) / (SELECT SUM(Total) FROM Invoice) FROM Invoice WHERE BillingCountry = 'France' GROUP BY 1`,
      },
    ],
  },
  {
    id: 'chinook-monthly',
    db: 'chinook',
    turns: [
      {
        question: 'monthly sales in 2025',
        sql: `SELECT ${monthOf('InvoiceDate')}, SUM(Total) FROM Invoice WHERE strftime('%Y', InvoiceDate) = '2025' GROUP BY 1`,
      },
      {
        question: 'only the USA',
        sql: `SELECT ${monthOf('InvoiceDate')}, SUM(Total) FROM Invoice WHERE strftime('%Y', InvoiceDate) = '2025' AND BillingCountry = 'USA' GROUP BY 1`,
      },
      {
        question: 'show it by quarter',
        sql: `SELECT strftime('%Y', InvoiceDate) || '-' || printf('%02d', ((CAST(strftime('%m', InvoiceDate) AS INTEGER) - 1) / 3) * 3 + 1) || '-01', SUM(Total)
          FROM Invoice WHERE strftime('%Y', InvoiceDate) = '2025' AND BillingCountry = 'USA' GROUP BY 1`,
      },
      {
        question: 'and last year?',
        sql: `SELECT strftime('%Y', InvoiceDate) || '-' || printf('%02d', ((CAST(strftime('%m', InvoiceDate) AS INTEGER) - 1) / 3) * 3 + 1) || '-01', SUM(Total)
          FROM Invoice WHERE strftime('%Y', InvoiceDate) = '2024' AND BillingCountry = 'USA' GROUP BY 1`,
      },
    ],
  },
  {
    id: 'chinook-artists-albums',
    db: 'chinook',
    turns: [
      { question: 'List the names of all artists.', sql: 'SELECT Name FROM Artist' },
      {
        question: 'How many albums does each of them have?',
        sql: 'SELECT a.Name, COUNT(AlbumId) FROM Artist a LEFT JOIN Album USING (ArtistId) GROUP BY a.ArtistId',
        alternatives: ['SELECT a.Name, COUNT(*) FROM Artist a JOIN Album USING (ArtistId) GROUP BY a.ArtistId'],
      },
      {
        question: 'Which have more than 10?',
        sql: 'SELECT a.Name FROM Artist a JOIN Album USING (ArtistId) GROUP BY a.ArtistId HAVING COUNT(*) > 10',
      },
    ],
  },
  {
    id: 'chinook-zh-genre',
    db: 'chinook',
    turns: [
      {
        question: '每个流派有多少首曲目',
        sql: 'SELECT g.Name, COUNT(*) FROM Track JOIN Genre g USING (GenreId) GROUP BY g.GenreId',
      },
      {
        question: '前5',
        sql: 'SELECT g.Name, COUNT(*) FROM Track JOIN Genre g USING (GenreId) GROUP BY g.GenreId ORDER BY 2 DESC LIMIT 5',
        ordered: true,
      },
      {
        question: '它们的平均时长呢',
        sql: `SELECT g.Name, AVG(Milliseconds) FROM Track JOIN Genre g USING (GenreId) WHERE GenreId IN
          (SELECT GenreId FROM Track GROUP BY 1 ORDER BY COUNT(*) DESC LIMIT 5) GROUP BY g.GenreId`,
      },
    ],
  },
  {
    id: 'chinook-customer-its',
    db: 'chinook',
    turns: [
      {
        question: 'Which customer spent the most?',
        sql: 'SELECT c.FirstName, c.LastName FROM Customer c JOIN Invoice i USING (CustomerId) GROUP BY CustomerId ORDER BY SUM(i.Total) DESC LIMIT 1',
      },
      {
        question: 'What is their email?',
        sql: 'SELECT c.FirstName, c.LastName, c.Email FROM Customer c JOIN Invoice i USING (CustomerId) GROUP BY CustomerId ORDER BY SUM(i.Total) DESC LIMIT 1',
      },
    ],
  },
  {
    id: 'chinook-above-average',
    db: 'chinook',
    turns: [
      { question: 'What is the average invoice total?', sql: 'SELECT AVG(Total) FROM Invoice' },
      {
        question: 'How many invoices are above that?',
        sql: 'SELECT COUNT(*) FROM Invoice WHERE Total > (SELECT AVG(Total) FROM Invoice)',
      },
      {
        question: 'Which countries are they from?',
        sql: 'SELECT DISTINCT BillingCountry FROM Invoice WHERE Total > (SELECT AVG(Total) FROM Invoice)',
        alternatives: ['SELECT BillingCountry FROM Invoice WHERE Total > (SELECT AVG(Total) FROM Invoice)'],
      },
    ],
  },
  {
    id: 'northwind-their-own-phone',
    db: 'northwind',
    turns: [
      {
        question: '哪个员工的订单最多',
        sql: `SELECT e.FirstName, e.LastName FROM Orders o JOIN Employees e USING (EmployeeID) GROUP BY e.EmployeeID ORDER BY COUNT(*) DESC LIMIT 1`,
      },
      {
        question: '他的电话是多少',
        sql: `SELECT e.FirstName, e.LastName, e.HomePhone FROM Orders o JOIN Employees e USING (EmployeeID) GROUP BY e.EmployeeID ORDER BY COUNT(*) DESC LIMIT 1`,
      },
    ],
  },
  {
    id: 'northwind-stock',
    db: 'northwind',
    turns: [
      {
        question: 'units in stock by category',
        sql: 'SELECT CategoryName, SUM(UnitsInStock) FROM Products JOIN Categories USING (CategoryID) GROUP BY CategoryID',
      },
      {
        question: 'the average instead',
        sql: 'SELECT CategoryName, AVG(UnitsInStock) FROM Products JOIN Categories USING (CategoryID) GROUP BY CategoryID',
      },
      {
        question: 'only discontinued products',
        sql: 'SELECT CategoryName, AVG(UnitsInStock) FROM Products JOIN Categories USING (CategoryID) WHERE Discontinued = 1 GROUP BY CategoryID',
      },
      {
        question: 'remove that filter',
        sql: 'SELECT CategoryName, AVG(UnitsInStock) FROM Products JOIN Categories USING (CategoryID) GROUP BY CategoryID',
      },
      {
        question: 'sort ascending',
        sql: 'SELECT CategoryName, AVG(UnitsInStock) FROM Products JOIN Categories USING (CategoryID) GROUP BY CategoryID ORDER BY 2',
        ordered: true,
      },
    ],
  },
  {
    id: 'northwind-two-measures',
    db: 'northwind',
    turns: [
      {
        question: 'number of orders by ship country',
        sql: 'SELECT ShipCountry, COUNT(*) FROM Orders GROUP BY 1',
      },
      {
        question: 'also show the total freight',
        sql: 'SELECT ShipCountry, COUNT(*), SUM(Freight) FROM Orders GROUP BY 1',
      },
      {
        question: 'sort by freight',
        sql: 'SELECT ShipCountry, COUNT(*), SUM(Freight) FROM Orders GROUP BY 1 ORDER BY 3 DESC',
        ordered: true,
      },
      {
        question: 'only the top 5',
        sql: 'SELECT ShipCountry, COUNT(*), SUM(Freight) FROM Orders GROUP BY 1 ORDER BY 3 DESC LIMIT 5',
        ordered: true,
      },
    ],
  },
  {
    id: 'northwind-resort',
    db: 'northwind',
    turns: [
      {
        question: 'top 5 ship countries by number of orders',
        sql: 'SELECT ShipCountry, COUNT(*) FROM Orders GROUP BY 1 ORDER BY 2 DESC LIMIT 5',
      },
      {
        question: 'sort them by total freight',
        sql: `SELECT ShipCountry, COUNT(*), SUM(Freight) FROM Orders WHERE ShipCountry IN
          (SELECT ShipCountry FROM Orders GROUP BY 1 ORDER BY COUNT(*) DESC LIMIT 5) GROUP BY 1 ORDER BY 3 DESC`,
        ordered: true,
      },
    ],
  },
  {
    id: 'northwind-time-order',
    db: 'northwind',
    turns: [
      {
        question: 'orders shipped to Finland',
        sql: `SELECT * FROM Orders WHERE ShipCountry = 'Finland'`,
        alternatives: [`SELECT COUNT(*) FROM Orders WHERE ShipCountry = 'Finland'`],
      },
      {
        question: 'sort by time',
        sql: `SELECT * FROM Orders WHERE ShipCountry = 'Finland' ORDER BY OrderDate`,
        ordered: true,
      },
      {
        question: 'only those in 1998',
        sql: `SELECT * FROM Orders WHERE ShipCountry = 'Finland' AND strftime('%Y', OrderDate) = '1998' ORDER BY OrderDate`,
        ordered: true,
      },
    ],
  },
  {
    id: 'northwind-its-supplier',
    db: 'northwind',
    turns: [
      {
        question: 'What is the name of the most expensive product?',
        sql: 'SELECT ProductName FROM Products ORDER BY UnitPrice DESC LIMIT 1',
      },
      {
        question: 'Who supplies it?',
        sql: 'SELECT CompanyName FROM Products JOIN Suppliers USING (SupplierID) ORDER BY UnitPrice DESC LIMIT 1',
      },
      {
        question: 'In which country are they?',
        sql: 'SELECT Country FROM Products JOIN Suppliers USING (SupplierID) ORDER BY UnitPrice DESC LIMIT 1',
      },
    ],
  },
  {
    id: 'northwind-customers-orders',
    db: 'northwind',
    turns: [
      {
        question: 'List the company names of customers in Spain.',
        sql: `SELECT CompanyName FROM Customers WHERE Country = 'Spain'`,
      },
      {
        question: 'How many orders did they place?',
        sql: `SELECT COUNT(*) FROM Orders JOIN Customers USING (CustomerID) WHERE Country = 'Spain'`,
      },
      {
        question: 'And in 1997?',
        sql: `SELECT COUNT(*) FROM Orders JOIN Customers USING (CustomerID) WHERE Country = 'Spain' AND strftime('%Y', OrderDate) = '1997'`,
      },
      {
        question: 'Break that down by month',
        sql: `SELECT ${monthOf('OrderDate')}, COUNT(*) FROM Orders JOIN Customers USING (CustomerID) WHERE Country = 'Spain' AND strftime('%Y', OrderDate) = '1997' GROUP BY 1`,
      },
    ],
  },
  {
    id: 'northwind-zh-orders',
    db: 'northwind',
    turns: [
      { question: '1997年有多少订单', sql: `SELECT COUNT(*) FROM Orders WHERE strftime('%Y', OrderDate) = '1997'` },
      {
        question: '按月统计',
        sql: `SELECT ${monthOf('OrderDate')}, COUNT(*) FROM Orders WHERE strftime('%Y', OrderDate) = '1997' GROUP BY 1`,
      },
      {
        question: '换成1996年',
        sql: `SELECT ${monthOf('OrderDate')}, COUNT(*) FROM Orders WHERE strftime('%Y', OrderDate) = '1996' GROUP BY 1`,
      },
      {
        question: '也看运费总额',
        sql: `SELECT ${monthOf('OrderDate')}, COUNT(*), SUM(Freight) FROM Orders WHERE strftime('%Y', OrderDate) = '1996' GROUP BY 1`,
      },
    ],
  },
  {
    id: 'sakila-films-more',
    db: 'sakila',
    turns: [
      {
        question: 'number of films by rating',
        sql: 'SELECT rating, COUNT(*) FROM film GROUP BY 1',
      },
      {
        question: 'what percentage is each?',
        sql: 'SELECT rating, COUNT(*), 100.0 * COUNT(*) / SUM(COUNT(*)) OVER () FROM film GROUP BY 1',
      },
      {
        question: 'without the share',
        sql: 'SELECT rating, COUNT(*) FROM film GROUP BY 1',
      },
      {
        question: 'only those longer than 120 minutes',
        sql: 'SELECT rating, COUNT(*) FROM film WHERE length > 120 GROUP BY 1',
      },
    ],
  },
  {
    id: 'sakila-payments',
    db: 'sakila',
    turns: [
      {
        question: 'total payment amount in July 2005',
        sql: `SELECT SUM(amount) FROM payment WHERE payment_date >= '2005-07-01' AND payment_date < '2005-08-01'`,
      },
      {
        question: 'and in August?',
        sql: `SELECT SUM(amount) FROM payment WHERE payment_date >= '2005-08-01' AND payment_date < '2005-09-01'`,
      },
      {
        question: 'per day',
        sql: `SELECT date(payment_date), SUM(amount) FROM payment WHERE payment_date >= '2005-08-01' AND payment_date < '2005-09-01' GROUP BY 1`,
      },
      {
        question: 'the number of payments as well',
        sql: `SELECT date(payment_date), SUM(amount), COUNT(*) FROM payment WHERE payment_date >= '2005-08-01' AND payment_date < '2005-09-01' GROUP BY 1`,
      },
    ],
  },
  {
    id: 'sakila-actor-films',
    db: 'sakila',
    turns: [
      {
        question: 'Which actor appeared in the most films?',
        sql: 'SELECT first_name, last_name FROM actor JOIN film_actor USING (actor_id) GROUP BY actor_id ORDER BY COUNT(*) DESC LIMIT 1',
      },
      {
        question: 'And the fewest?',
        sql: 'SELECT first_name, last_name FROM actor JOIN film_actor USING (actor_id) GROUP BY actor_id ORDER BY COUNT(*) LIMIT 1',
      },
    ],
  },
  {
    id: 'sakila-zh-films',
    db: 'sakila',
    turns: [
      {
        question: '各分级的电影数量',
        sql: 'SELECT rating, COUNT(*) FROM film GROUP BY 1',
      },
      {
        question: '换成平均时长',
        sql: 'SELECT rating, AVG(length) FROM film GROUP BY 1',
      },
      {
        question: '只看PG-13',
        sql: `SELECT rating, AVG(length) FROM film WHERE rating = 'PG-13' GROUP BY 1`,
      },
    ],
  },
  {
    id: 'sakila-languages',
    db: 'sakila',
    turns: [
      {
        question: 'List the names of the categories.',
        sql: 'SELECT name FROM category',
      },
      {
        question: 'What is the average length of the films in each?',
        sql: `SELECT c.name, AVG(length) FROM ${FILM_CATEGORY} GROUP BY c.category_id`,
      },
      {
        question: 'Which has the longest?',
        sql: `SELECT c.name FROM ${FILM_CATEGORY} GROUP BY c.category_id ORDER BY AVG(length) DESC LIMIT 1`,
      },
    ],
  },
  {
    id: 'employees-headcount',
    db: 'employees',
    turns: [
      {
        question: 'number of employees in each department',
        sql: `SELECT d.dept_name, COUNT(*) FROM ${EMPLOYED} GROUP BY 1`,
        alternatives: [`SELECT d.dept_name, COUNT(DISTINCT e.emp_no) FROM ${EMPLOYED} GROUP BY 1`],
      },
      {
        question: 'only women',
        sql: `SELECT d.dept_name, COUNT(*) FROM ${EMPLOYED} JOIN employee p USING (emp_no) WHERE p.gender = 'F' GROUP BY 1`,
      },
      {
        question: 'top 3',
        sql: `SELECT d.dept_name, COUNT(*) FROM ${EMPLOYED} JOIN employee p USING (emp_no) WHERE p.gender = 'F' GROUP BY 1 ORDER BY 2 DESC LIMIT 3`,
      },
    ],
  },
  {
    id: 'employees-hired',
    db: 'employees',
    turns: [
      {
        question: 'How many employees were hired in 1990?',
        sql: `SELECT COUNT(*) FROM employee WHERE strftime('%Y', hire_date) = '1990'`,
      },
      {
        question: 'And in 1991?',
        sql: `SELECT COUNT(*) FROM employee WHERE strftime('%Y', hire_date) = '1991'`,
      },
      {
        question: 'Who are they?',
        sql: `SELECT first_name, last_name FROM employee WHERE strftime('%Y', hire_date) = '1991'`,
        alternatives: [`SELECT * FROM employee WHERE strftime('%Y', hire_date) = '1991'`],
      },
      {
        question: 'Who was hired first?',
        sql: `SELECT first_name, last_name FROM employee WHERE strftime('%Y', hire_date) = '1991' ORDER BY hire_date LIMIT 1`,
        alternatives: [`SELECT first_name, last_name FROM employee ORDER BY hire_date LIMIT 1`],
      },
    ],
  },
  {
    id: 'employees-title-salary',
    db: 'employees',
    turns: [
      {
        question: 'List the titles and their number of employees.',
        sql: 'SELECT title, COUNT(*) FROM title GROUP BY 1',
        alternatives: ['SELECT title, COUNT(DISTINCT emp_no) FROM title GROUP BY 1'],
      },
      {
        question: 'Which is the most common?',
        sql: 'SELECT title FROM title GROUP BY 1 ORDER BY COUNT(*) DESC LIMIT 1',
      },
    ],
  },
  {
    id: 'chinook-zh-invoices',
    db: 'chinook',
    turns: [
      {
        question: '2024年每月销售额',
        sql: `SELECT ${monthOf('InvoiceDate')}, SUM(Total) FROM Invoice WHERE strftime('%Y', InvoiceDate) = '2024' GROUP BY 1`,
      },
      {
        question: '只看德国',
        sql: `SELECT ${monthOf('InvoiceDate')}, SUM(Total) FROM Invoice WHERE strftime('%Y', InvoiceDate) = '2024' AND BillingCountry = 'Germany' GROUP BY 1`,
      },
      {
        question: '加拿大呢',
        sql: `SELECT ${monthOf('InvoiceDate')}, SUM(Total) FROM Invoice WHERE strftime('%Y', InvoiceDate) = '2024' AND BillingCountry = 'Canada' GROUP BY 1`,
      },
      {
        question: '按年',
        sql: `SELECT CAST(strftime('%Y', InvoiceDate) AS INTEGER), SUM(Total) FROM Invoice WHERE strftime('%Y', InvoiceDate) = '2024' AND BillingCountry = 'Canada' GROUP BY 1`,
      },
    ],
  },
  {
    id: 'chinook-genre-sales',
    db: 'chinook',
    turns: [
      {
        question: 'quantity sold by genre',
        sql: `SELECT g.Name, SUM(l.Quantity) FROM ${PLAYED} GROUP BY g.GenreId`,
      },
      {
        question: 'what about revenue?',
        sql: `SELECT g.Name, SUM(l.Quantity * l.UnitPrice) FROM ${PLAYED} GROUP BY g.GenreId`,
      },
      {
        question: 'the bottom 2',
        sql: `SELECT g.Name, SUM(l.Quantity * l.UnitPrice) FROM ${PLAYED} GROUP BY g.GenreId ORDER BY 2 LIMIT 2`,
      },
    ],
  },
];
