/** Conversations that go on about the things shown: what "they", 它, "that region" stand for stays the set it was. */
import type { Conversation } from './conversation.ts';

const LINES =
  'order_items i JOIN orders o USING (order_id) JOIN customers c USING (customer_id) JOIN regions r USING (region_id)';
const SOLD = 'order_items i JOIN products p USING (product_id) JOIN categories g USING (category_id)';
const BOUGHT = 'order_items i JOIN orders o USING (order_id) JOIN products p USING (product_id)';
/** The first customers, by what they spent. */
const spenders = (limit: number, where = 'true'): string =>
  `(SELECT c.customer_id, c.customer_name, SUM(i.amount) AS v FROM ${LINES} WHERE ${where} GROUP BY ALL ORDER BY v DESC LIMIT ${limit})`;
const AREA_DAYS =
  'bss_business_day_data d JOIN bss_service_area_mapper m USING (service_no) JOIN bss_service_area a ON a.id = m.service_area_id';
const best = (limit: number): string =>
  `(SELECT a.id, a.service_area_name, a.company_id, a.parking_spaces, SUM(d.pay_sum) AS v FROM ${AREA_DAYS} GROUP BY 1, 2, 3, 4 ORDER BY v DESC LIMIT ${limit})`;

const SHOP: readonly Conversation[] = [
  {
    id: 'shop-categories-they-bought',
    db: 'demo',
    turns: [
      { question: 'top 3 customers by revenue', sql: `SELECT customer_name, v FROM ${spenders(3)}` },
      {
        question: 'which categories did they buy?',
        sql: `SELECT DISTINCT category_name FROM ${BOUGHT} JOIN categories USING (category_id) WHERE o.customer_id IN (SELECT customer_id FROM ${spenders(3)})`,
      },
    ],
  },
  {
    id: 'shop-top-customers',
    db: 'demo',
    turns: [
      { question: 'top 3 customers by revenue', sql: `SELECT customer_name, v FROM ${spenders(3)}` },
      {
        question: 'where are they from?',
        sql: `SELECT t.customer_name, c.city, r.region_name FROM ${spenders(3)} t JOIN customers c USING (customer_id) JOIN regions r USING (region_id) ORDER BY t.v DESC`,
        ordered: true,
      },
      {
        question: 'which of them is from East China?',
        sql: `SELECT t.customer_name FROM ${spenders(3)} t JOIN customers c USING (customer_id) JOIN regions r USING (region_id) WHERE r.region_name = 'East China'`,
        alternatives: [
          `SELECT t.customer_name, c.city, r.region_name, t.v FROM ${spenders(3)} t JOIN customers c USING (customer_id) JOIN regions r USING (region_id) WHERE r.region_name = 'East China'`,
        ],
      },
      {
        question: 'what did they buy?',
        sql: `SELECT DISTINCT p.product_name FROM ${BOUGHT} JOIN customers c USING (customer_id) JOIN regions r USING (region_id) WHERE c.customer_id IN (SELECT customer_id FROM ${spenders(3)}) AND r.region_name = 'East China'`,
      },
    ],
  },
  {
    id: 'shop-orders-of-each',
    db: 'demo',
    turns: [
      {
        question: '去年消费最多的3位客户',
        sql: `SELECT customer_name, v FROM ${spenders(3, 'year(order_date) = 2025')}`,
      },
      {
        question: '他们都买了什么',
        sql: `SELECT DISTINCT p.product_name FROM ${BOUGHT} WHERE year(order_date) = 2025 AND o.customer_id IN (SELECT customer_id FROM ${spenders(3, 'year(order_date) = 2025')})`,
        alternatives: [
          `SELECT DISTINCT p.product_name FROM ${BOUGHT} WHERE o.customer_id IN (SELECT customer_id FROM ${spenders(3, 'year(order_date) = 2025')})`,
        ],
      },
      {
        question: '他们各下了多少单',
        sql: `SELECT t.customer_name, COUNT(*) FROM ${spenders(3, 'year(order_date) = 2025')} t JOIN orders o USING (customer_id) WHERE year(order_date) = 2025 GROUP BY ALL`,
      },
      {
        question: '他们的邮箱是多少',
        sql: `SELECT t.customer_name, c.email FROM ${spenders(3, 'year(order_date) = 2025')} t JOIN customers c USING (customer_id)`,
      },
    ],
  },
  {
    id: 'shop-best-customer-zh',
    db: 'demo',
    turns: [
      { question: '消费最高的客户是谁', sql: `SELECT customer_name FROM ${spenders(1)}` },
      {
        question: '他买了哪些商品',
        sql: `SELECT DISTINCT p.product_name FROM ${BOUGHT} WHERE o.customer_id IN (SELECT customer_id FROM ${spenders(1)})`,
      },
      {
        question: '他来自哪个城市',
        sql: `SELECT t.customer_name, c.city FROM ${spenders(1)} t JOIN customers c USING (customer_id)`,
      },
    ],
  },
  {
    id: 'shop-that-region',
    db: 'demo',
    turns: [
      {
        question: 'which region has the highest revenue?',
        sql: `SELECT r.region_name FROM ${LINES} GROUP BY 1 ORDER BY SUM(amount) DESC LIMIT 1`,
      },
      {
        question: 'only that region',
        sql: `SELECT r.region_name, SUM(amount) FROM ${LINES} WHERE region_name = 'East China' GROUP BY 1`,
      },
      {
        question: 'break it down by month',
        sql: `SELECT r.region_name, date_trunc('month', order_date), SUM(amount) FROM ${LINES} WHERE region_name = 'East China' GROUP BY ALL`,
      },
    ],
  },
  {
    id: 'shop-customers-there',
    db: 'demo',
    turns: [
      { question: 'revenue by region', sql: `SELECT r.region_name, SUM(amount) FROM ${LINES} GROUP BY 1` },
      {
        question: 'only the top one',
        sql: `SELECT r.region_name, SUM(amount) FROM ${LINES} GROUP BY 1 ORDER BY 2 DESC LIMIT 1`,
      },
      {
        question: 'which customers are from there?',
        sql: `SELECT customer_name FROM customers JOIN regions USING (region_id) WHERE region_name = 'East China'`,
      },
      {
        question: 'how many orders do they have?',
        sql: `SELECT COUNT(*) FROM orders JOIN customers USING (customer_id) JOIN regions USING (region_id) WHERE region_name = 'East China'`,
      },
    ],
  },
  {
    id: 'shop-sold-in-year',
    db: 'demo',
    turns: [
      {
        question: 'which product has the highest revenue?',
        sql: `SELECT p.product_name FROM ${SOLD} GROUP BY 1 ORDER BY SUM(i.amount) DESC LIMIT 1`,
      },
      {
        question: 'how many of it were sold in 2025?',
        sql: `SELECT p.product_name, SUM(i.quantity) FROM ${BOUGHT} WHERE year(order_date) = 2025 AND product_id = (SELECT product_id FROM order_items GROUP BY 1 ORDER BY SUM(amount) DESC LIMIT 1) GROUP BY 1`,
      },
      {
        question: 'which customers bought it?',
        sql: `SELECT DISTINCT c.customer_name FROM ${LINES} WHERE year(order_date) = 2025 AND product_id = (SELECT product_id FROM order_items GROUP BY 1 ORDER BY SUM(amount) DESC LIMIT 1)`,
        alternatives: [
          `SELECT DISTINCT c.customer_name FROM ${LINES} WHERE product_id = (SELECT product_id FROM order_items GROUP BY 1 ORDER BY SUM(amount) DESC LIMIT 1)`,
        ],
      },
    ],
  },
  {
    id: 'shop-cities-zh',
    db: 'demo',
    turns: [
      {
        question: '销售额排名前5的城市',
        sql: `SELECT c.city, SUM(amount) FROM ${LINES} GROUP BY 1 ORDER BY 2 DESC LIMIT 5`,
      },
      {
        question: '它们属于哪个地区',
        sql: `SELECT c.city, r.region_name, SUM(amount) FROM ${LINES} GROUP BY ALL ORDER BY 3 DESC LIMIT 5`,
      },
      {
        question: '只看第一名',
        sql: `SELECT c.city, r.region_name, SUM(amount) FROM ${LINES} GROUP BY ALL ORDER BY 3 DESC LIMIT 1`,
      },
      {
        question: '按月看看',
        sql: `SELECT c.city, r.region_name, date_trunc('month', order_date), SUM(amount) FROM ${LINES} WHERE city = (SELECT c.city FROM ${LINES} GROUP BY 1 ORDER BY SUM(amount) DESC LIMIT 1) GROUP BY ALL`,
      },
    ],
  },
  {
    id: 'shop-refunded-category-zh',
    db: 'demo',
    turns: [
      {
        question: '哪个品类退款最多',
        sql: `SELECT g.category_name FROM refunds JOIN order_items USING (order_item_id) JOIN products USING (product_id) JOIN categories g USING (category_id) GROUP BY 1 ORDER BY COUNT(*) DESC LIMIT 1`,
      },
      {
        question: '这个品类有哪些商品',
        sql: `SELECT product_name FROM products JOIN categories USING (category_id) WHERE category_name = 'Clothing'`,
      },
      {
        question: '其中库存最低的是哪个',
        sql: `SELECT product_name FROM products JOIN categories USING (category_id) WHERE category_name = 'Clothing' ORDER BY stock LIMIT 1`,
      },
    ],
  },
  {
    id: 'shop-best-month',
    db: 'demo',
    turns: [
      {
        question: 'monthly revenue in 2025',
        sql: `SELECT date_trunc('month', order_date), SUM(amount) FROM ${LINES} WHERE year(order_date) = 2025 GROUP BY 1`,
      },
      {
        question: 'which month was the best?',
        sql: `SELECT date_trunc('month', order_date), SUM(amount) FROM ${LINES} WHERE year(order_date) = 2025 GROUP BY 1 ORDER BY 2 DESC LIMIT 1`,
      },
      {
        question: 'how many orders were there in that month?',
        sql: `SELECT COUNT(*) FROM orders WHERE date_trunc('month', order_date) = DATE '2025-11-01'`,
      },
    ],
  },
  {
    id: 'shop-new-customers',
    db: 'demo',
    turns: [
      {
        question: 'how many customers signed up in 2025?',
        sql: 'SELECT COUNT(*) FROM customers WHERE year(signup_date) = 2025',
      },
      {
        question: 'where are they from?',
        sql: 'SELECT customer_name, city, region_name FROM customers JOIN regions USING (region_id) WHERE year(signup_date) = 2025',
      },
      {
        question: 'which of them spent the most?',
        sql: `SELECT c.customer_name FROM ${LINES} WHERE year(signup_date) = 2025 GROUP BY c.customer_id, 1 ORDER BY SUM(amount) DESC LIMIT 1`,
      },
    ],
  },
  {
    id: 'shop-largest-order-zh',
    db: 'demo',
    turns: [
      { question: '订单金额最大的订单', sql: 'SELECT order_id FROM orders ORDER BY total_amount DESC LIMIT 1' },
      {
        question: '是谁下的',
        sql: 'SELECT order_id, customer_name FROM orders JOIN customers USING (customer_id) ORDER BY total_amount DESC LIMIT 1',
      },
      {
        question: '里面有什么商品',
        sql: 'SELECT DISTINCT product_name FROM order_items JOIN products USING (product_id) WHERE order_id = (SELECT order_id FROM orders ORDER BY total_amount DESC LIMIT 1)',
      },
    ],
  },
  {
    id: 'shop-who-placed-most',
    db: 'demo',
    turns: [
      {
        question: 'how many orders in February 2026',
        sql: `SELECT COUNT(*) FROM orders WHERE date_trunc('month', order_date) = DATE '2026-02-01'`,
      },
      {
        question: 'which customers placed the most of them?',
        sql: `SELECT MAX(n) FROM (SELECT COUNT(*) AS n FROM orders WHERE date_trunc('month', order_date) = DATE '2026-02-01' GROUP BY customer_id)`,
      },
    ],
  },
  {
    id: 'shop-best-of-category-zh',
    db: 'demo',
    turns: [
      { question: '各品类销售额', sql: `SELECT g.category_name, SUM(i.amount) FROM ${SOLD} GROUP BY 1` },
      {
        question: '电子产品呢',
        sql: `SELECT g.category_name, SUM(i.amount) FROM ${SOLD} WHERE g.category_name = 'Electronics' GROUP BY 1`,
      },
      {
        question: '它的商品有哪些',
        sql: `SELECT product_name FROM products JOIN categories USING (category_id) WHERE category_name = 'Electronics'`,
      },
      {
        question: '哪个卖得最好',
        sql: `SELECT p.product_name FROM ${SOLD} WHERE g.category_name = 'Electronics' GROUP BY 1 ORDER BY SUM(i.quantity) DESC LIMIT 1`,
      },
    ],
  },
  {
    id: 'shop-shares-of-both-zh',
    db: 'demo',
    turns: [
      {
        question: '各地区销售额和订单数',
        sql: `SELECT r.region_name, SUM(amount), COUNT(DISTINCT order_id) FROM ${LINES} GROUP BY 1`,
      },
      {
        question: '占比',
        sql: `SELECT r.region_name, SUM(amount), COUNT(DISTINCT order_id), 100 * SUM(amount) / SUM(SUM(amount)) OVER (), 100.0 * COUNT(DISTINCT order_id) / SUM(COUNT(DISTINCT order_id)) OVER () FROM ${LINES} GROUP BY 1`,
      },
    ],
  },
  {
    id: 'shop-shares-beside-zh',
    db: 'demo',
    turns: [
      {
        question: '各地区订单数',
        sql: `SELECT r.region_name, COUNT(DISTINCT order_id) FROM ${LINES} GROUP BY 1`,
      },
      {
        question: '也看销售额',
        sql: `SELECT r.region_name, COUNT(DISTINCT order_id), SUM(amount) FROM ${LINES} GROUP BY 1`,
      },
      {
        question: '占比',
        sql: `SELECT r.region_name, 100.0 * COUNT(DISTINCT order_id) / SUM(COUNT(DISTINCT order_id)) OVER (), 100 * SUM(amount) / SUM(SUM(amount)) OVER () FROM ${LINES} GROUP BY 1`,
      },
      {
        question: '去掉占比',
        sql: `SELECT r.region_name, COUNT(DISTINCT order_id), SUM(amount) FROM ${LINES} GROUP BY 1`,
      },
    ],
  },
  {
    id: 'shop-dearest-zh',
    db: 'demo',
    turns: [
      { question: '最贵的商品是哪个', sql: 'SELECT product_name FROM products ORDER BY list_price DESC LIMIT 1' },
      {
        question: '卖出去多少件',
        sql: 'SELECT SUM(quantity) FROM order_items WHERE product_id = (SELECT product_id FROM products ORDER BY list_price DESC LIMIT 1)',
      },
      {
        question: '买它的客户有哪些',
        sql: `SELECT DISTINCT c.customer_name FROM ${LINES} WHERE product_id = (SELECT product_id FROM products ORDER BY list_price DESC LIMIT 1)`,
      },
    ],
  },
  {
    id: 'shop-has-ordered',
    db: 'demo',
    turns: [
      {
        question: 'which customer has the most orders?',
        sql: 'SELECT customer_name FROM orders JOIN customers USING (customer_id) GROUP BY customer_id, 1 ORDER BY COUNT(*) DESC LIMIT 1',
      },
      {
        question: 'what has he ordered?',
        sql: `SELECT DISTINCT p.product_name FROM ${BOUGHT} WHERE customer_id = (SELECT customer_id FROM orders GROUP BY 1 ORDER BY COUNT(*) DESC LIMIT 1)`,
      },
      {
        question: 'what is the most expensive of those?',
        sql: `SELECT p.product_name FROM ${BOUGHT} WHERE customer_id = (SELECT customer_id FROM orders GROUP BY 1 ORDER BY COUNT(*) DESC LIMIT 1) ORDER BY list_price DESC LIMIT 1`,
      },
    ],
  },
  {
    id: 'shop-same-period-zh',
    db: 'demo',
    turns: [
      { question: '今年的销售额', sql: 'SELECT SUM(total_amount) FROM orders WHERE year(order_date) = 2026' },
      {
        question: '去年同期呢',
        sql: `SELECT SUM(total_amount) FROM orders WHERE order_date BETWEEN '2025-01-01' AND '2025-03-15'`,
      },
    ],
  },
];

const HIGHWAY: readonly Conversation[] = [
  {
    id: 'highway-best-areas',
    db: 'highway',
    turns: [
      { question: '营业额最高的3个服务区', sql: `SELECT service_area_name, v FROM ${best(3)} t` },
      {
        question: '它们属于哪家公司',
        sql: `SELECT t.service_area_name, c.company_name FROM ${best(3)} t JOIN bss_company c ON c.id = t.company_id`,
      },
      { question: '各有多少停车位', sql: `SELECT service_area_name, parking_spaces FROM ${best(3)} t` },
      {
        question: '有哪些档口',
        sql: `SELECT branch_name FROM bss_branch WHERE service_area_id IN (SELECT id FROM ${best(3)} t)`,
      },
    ],
  },
  {
    id: 'highway-its-takings',
    db: 'highway',
    turns: [
      {
        question: '本月车流量最大的服务区',
        sql: `SELECT a.service_area_name FROM bss_car_day_count c JOIN bss_service_area a ON a.id = c.service_area_id WHERE count_date >= '2026-03-01' GROUP BY 1 ORDER BY SUM(customer_count) DESC LIMIT 1`,
      },
      {
        question: '它的营业额是多少',
        sql: `SELECT a.service_area_name, SUM(d.pay_sum) FROM ${AREA_DAYS} WHERE d.oper_date >= '2026-03-01' AND a.service_area_name = '庐山服务区' GROUP BY 1`,
      },
    ],
  },
  {
    id: 'highway-branches',
    db: 'highway',
    turns: [
      {
        question: '庐山服务区有哪些档口',
        sql: `SELECT branch_name FROM bss_branch b JOIN bss_service_area a ON a.id = b.service_area_id WHERE service_area_name = '庐山服务区'`,
      },
      {
        question: '哪个营业额最高',
        sql: `SELECT b.branch_name FROM bss_business_day_data d JOIN bss_branch b USING (branch_no) JOIN bss_service_area a ON a.id = b.service_area_id WHERE service_area_name = '庐山服务区' GROUP BY 1 ORDER BY SUM(pay_sum) DESC LIMIT 1`,
      },
      {
        question: '它上个月卖了多少',
        sql: `SELECT branch_name, SUM(pay_sum) FROM bss_business_day_data WHERE branch_name = '庐山美食广场' AND oper_date BETWEEN '2026-02-01' AND '2026-02-28' GROUP BY 1`,
      },
    ],
  },
  {
    id: 'highway-closed-companies',
    db: 'highway',
    turns: [
      {
        question: '关闭的服务区有哪些',
        sql: `SELECT service_area_name FROM bss_service_area WHERE service_state = '关闭'`,
      },
      {
        question: '分别属于什么公司',
        sql: `SELECT service_area_name, company_name FROM bss_service_area a JOIN bss_company c ON c.id = a.company_id WHERE service_state = '关闭'`,
      },
      {
        question: '停车位最多的是哪个',
        sql: `SELECT service_area_name FROM bss_service_area WHERE service_state = '关闭' ORDER BY parking_spaces DESC LIMIT 1`,
      },
    ],
  },
];

const SPENT = 'InvoiceLine l JOIN Invoice i USING (InvoiceId) JOIN Customer c USING (CustomerId)';
const SPENDER = `(SELECT c.CustomerId FROM ${SPENT} GROUP BY 1 ORDER BY SUM(l.Quantity * l.UnitPrice) DESC LIMIT 1)`;
const STARS = 'actor a JOIN film_actor USING (actor_id) JOIN film f USING (film_id)';
const STAR = '(SELECT actor_id FROM film_actor GROUP BY 1 ORDER BY COUNT(*) DESC LIMIT 1)';

const SELLERS =
  '(SELECT e.EmployeeID, e.FirstName, e.LastName, e.HireDate FROM "Order Details" d JOIN Orders USING (OrderID) JOIN Employees e USING (EmployeeID) GROUP BY 1 ORDER BY SUM(d.Quantity * d.UnitPrice * (1 - d.Discount)) DESC LIMIT 3)';
const IN_1997 = `(SELECT d.ProductID, d.Quantity, p.ProductName, p.SupplierID FROM "Order Details" d JOIN Products p USING (ProductID) JOIN Orders o USING (OrderID) WHERE strftime('%Y', o.OrderDate) = '1997') d`;
const RENTED =
  '(SELECT film_id FROM inventory JOIN rental USING (inventory_id) GROUP BY 1 ORDER BY COUNT(*) DESC LIMIT 1)';

const SAMPLES: readonly Conversation[] = [
  {
    id: 'chinook-artists-albums',
    db: 'chinook',
    turns: [
      {
        question: 'Who are the top 3 artists by number of albums?',
        sql: 'SELECT a.Name FROM Artist a JOIN Album USING (ArtistId) GROUP BY 1 ORDER BY COUNT(*) DESC LIMIT 3',
      },
      {
        question: 'What albums do they have?',
        sql: 'SELECT Title FROM Album WHERE ArtistId IN (SELECT ArtistId FROM Album GROUP BY 1 ORDER BY COUNT(*) DESC LIMIT 3)',
      },
      {
        question: 'How many tracks are on each?',
        sql: 'SELECT a.Title, COUNT(*) FROM Album a JOIN Track USING (AlbumId) WHERE ArtistId IN (SELECT ArtistId FROM Album GROUP BY 1 ORDER BY COUNT(*) DESC LIMIT 3) GROUP BY a.AlbumId',
      },
    ],
  },
  {
    id: 'chinook-best-customer',
    db: 'chinook',
    turns: [
      {
        question: 'Which customer has spent the most?',
        sql: `SELECT FirstName, LastName FROM Customer WHERE CustomerId = ${SPENDER}`,
      },
      {
        question: 'What country is she from?',
        sql: `SELECT FirstName, LastName, Country FROM Customer WHERE CustomerId = ${SPENDER}`,
      },
      {
        question: 'What did she buy?',
        sql: `SELECT DISTINCT t.Name FROM ${SPENT} JOIN Track t USING (TrackId) WHERE CustomerId = ${SPENDER}`,
      },
      {
        question: 'Who is her support rep?',
        sql: `SELECT e.FirstName, e.LastName, c.FirstName, c.LastName FROM Customer c JOIN Employee e ON e.EmployeeId = c.SupportRepId WHERE CustomerId = ${SPENDER}`,
      },
    ],
  },
  {
    id: 'chinook-big-ones',
    db: 'chinook',
    turns: [
      {
        question: 'List the tracks on the album Big Ones.',
        sql: `SELECT Name FROM Track JOIN Album USING (AlbumId) WHERE Title = 'Big Ones'`,
      },
      {
        question: 'Which of them is the longest?',
        sql: `SELECT Name FROM Track JOIN Album USING (AlbumId) WHERE Title = 'Big Ones' ORDER BY Milliseconds DESC LIMIT 1`,
      },
      {
        question: 'Who composed it?',
        sql: `SELECT Composer FROM Track JOIN Album USING (AlbumId) WHERE Title = 'Big Ones' ORDER BY Milliseconds DESC LIMIT 1`,
      },
      {
        question: 'What genre is it?',
        sql: `SELECT g.Name FROM Track t JOIN Album USING (AlbumId) JOIN Genre g USING (GenreId) WHERE Title = 'Big Ones' ORDER BY Milliseconds DESC LIMIT 1`,
      },
    ],
  },
  {
    id: 'chinook-dearest-invoice',
    db: 'chinook',
    turns: [
      {
        question: 'What is the most expensive invoice?',
        sql: 'SELECT * FROM Invoice ORDER BY Total DESC LIMIT 1',
      },
      {
        question: 'Who is the customer?',
        sql: 'SELECT FirstName, LastName FROM Invoice JOIN Customer USING (CustomerId) ORDER BY Total DESC LIMIT 1',
      },
      {
        question: 'which tracks did he buy?',
        sql: `SELECT DISTINCT t.Name FROM ${SPENT} JOIN Track t USING (TrackId) WHERE CustomerId = (SELECT CustomerId FROM Invoice ORDER BY Total DESC LIMIT 1)`,
      },
    ],
  },
  {
    id: 'chinook-playlists-zh',
    db: 'chinook',
    turns: [
      { question: '播放列表有哪些', sql: 'SELECT * FROM Playlist' },
      {
        question: '每个有多少首歌',
        sql: 'SELECT p.Name, COUNT(TrackId) FROM Playlist p LEFT JOIN PlaylistTrack USING (PlaylistId) GROUP BY p.PlaylistId',
      },
      {
        question: '最多的是哪个',
        sql: 'SELECT p.Name, COUNT(TrackId) FROM Playlist p LEFT JOIN PlaylistTrack USING (PlaylistId) GROUP BY p.PlaylistId ORDER BY 2 DESC LIMIT 1',
      },
      {
        question: '它的总时长是多少',
        sql: `SELECT 'Music', SUM(Milliseconds) FROM PlaylistTrack JOIN Track USING (TrackId) WHERE PlaylistId = 1`,
      },
    ],
  },
  {
    id: 'northwind-out-of-stock',
    db: 'northwind',
    turns: [
      {
        question: 'List products that are out of stock.',
        sql: 'SELECT ProductName FROM Products WHERE UnitsInStock = 0',
      },
      {
        question: 'who supplies them?',
        sql: 'SELECT CompanyName FROM Products JOIN Suppliers USING (SupplierID) WHERE UnitsInStock = 0',
      },
    ],
  },
  {
    id: 'northwind-busy-employee',
    db: 'northwind',
    turns: [
      {
        question: 'Which employee handled the most orders?',
        sql: 'SELECT FirstName, LastName FROM Orders JOIN Employees USING (EmployeeID) GROUP BY EmployeeID ORDER BY COUNT(*) DESC LIMIT 1',
      },
      {
        question: 'Who does he report to?',
        sql: 'SELECT m.FirstName, m.LastName, e.FirstName, e.LastName FROM Employees e JOIN Employees m ON m.EmployeeID = e.ReportsTo WHERE e.EmployeeID = (SELECT EmployeeID FROM Orders GROUP BY 1 ORDER BY COUNT(*) DESC LIMIT 1)',
      },
      {
        question: 'which customers did she serve?',
        sql: 'SELECT DISTINCT CompanyName FROM Customers JOIN Orders USING (CustomerID) WHERE EmployeeID = (SELECT EmployeeID FROM Orders GROUP BY 1 ORDER BY COUNT(*) DESC LIMIT 1)',
      },
    ],
  },
  {
    id: 'northwind-dearest-zh',
    db: 'northwind',
    turns: [
      { question: '单价最高的5个产品', sql: 'SELECT ProductName FROM Products ORDER BY UnitPrice DESC LIMIT 5' },
      {
        question: '它们的供应商是谁',
        sql: 'SELECT CompanyName FROM Products JOIN Suppliers USING (SupplierID) ORDER BY UnitPrice DESC LIMIT 5',
      },
      {
        question: '库存各是多少',
        sql: 'SELECT ProductName, UnitsInStock FROM Products ORDER BY UnitPrice DESC LIMIT 5',
      },
      {
        question: '哪个库存最少',
        sql: 'SELECT ProductName FROM (SELECT * FROM Products ORDER BY UnitPrice DESC LIMIT 5) ORDER BY UnitsInStock LIMIT 1',
      },
    ],
  },
  {
    id: 'northwind-largest-category-zh',
    db: 'northwind',
    turns: [
      {
        question: '每个类别有多少产品',
        sql: 'SELECT CategoryName, COUNT(*) FROM Products JOIN Categories USING (CategoryID) GROUP BY 1',
      },
      {
        question: '哪个类别最多',
        sql: 'SELECT CategoryName, COUNT(*) FROM Products JOIN Categories USING (CategoryID) GROUP BY 1 ORDER BY 2 DESC LIMIT 1',
      },
      {
        question: '它有哪些产品',
        sql: `SELECT ProductName FROM Products JOIN Categories USING (CategoryID) WHERE CategoryName = 'Confections'`,
      },
    ],
  },
  {
    id: 'northwind-london',
    db: 'northwind',
    turns: [
      { question: 'Which customers are in London?', sql: `SELECT CompanyName FROM Customers WHERE City = 'London'` },
      {
        question: 'who ordered the most?',
        sql: `SELECT CompanyName FROM Customers JOIN Orders USING (CustomerID) WHERE City = 'London' GROUP BY CustomerID ORDER BY COUNT(*) DESC LIMIT 1`,
      },
      {
        question: 'what is their phone?',
        sql: `SELECT CompanyName, Phone FROM Customers JOIN Orders USING (CustomerID) WHERE City = 'London' GROUP BY CustomerID ORDER BY COUNT(*) DESC LIMIT 1`,
      },
    ],
  },
  {
    id: 'northwind-what-ordered',
    db: 'northwind',
    turns: [
      {
        question: 'How many orders did Ernst Handel place?',
        sql: `SELECT COUNT(*) FROM Orders JOIN Customers USING (CustomerID) WHERE CompanyName = 'Ernst Handel'`,
      },
      {
        question: 'What did they order?',
        sql: `SELECT DISTINCT ProductName FROM Products JOIN "Order Details" USING (ProductID) JOIN Orders USING (OrderID) JOIN Customers USING (CustomerID) WHERE CompanyName = 'Ernst Handel'`,
      },
    ],
  },
  {
    id: 'sakila-star',
    db: 'sakila',
    turns: [
      {
        question: 'Which actor has appeared in the most films?',
        sql: `SELECT first_name, last_name FROM actor WHERE actor_id = ${STAR}`,
      },
      { question: 'What films was she in?', sql: `SELECT title FROM ${STARS} WHERE a.actor_id = ${STAR}` },
      {
        question: 'which of them is the longest?',
        sql: `SELECT title FROM ${STARS} WHERE a.actor_id = ${STAR} ORDER BY f.length DESC LIMIT 1`,
      },
      {
        question: "what's its rating?",
        sql: `SELECT f.rating FROM ${STARS} WHERE a.actor_id = ${STAR} ORDER BY f.length DESC LIMIT 1`,
      },
    ],
  },
  {
    id: 'sakila-those-films',
    db: 'sakila',
    turns: [
      {
        question: 'How many films are there per category?',
        sql: 'SELECT name, COUNT(*) FROM category JOIN film_category USING (category_id) GROUP BY 1',
      },
      {
        question: 'which is the largest?',
        sql: 'SELECT name, COUNT(*) FROM category JOIN film_category USING (category_id) GROUP BY 1 ORDER BY 2 DESC LIMIT 1',
      },
      {
        question: 'what is the average length of those films?',
        sql: `SELECT c.name, AVG(f.length) FROM category c JOIN film_category USING (category_id) JOIN film f USING (film_id) WHERE c.name = 'Sports' GROUP BY 1`,
      },
    ],
  },
  {
    id: 'sakila-long-films',
    db: 'sakila',
    turns: [
      { question: 'Which films are longer than 180 minutes?', sql: 'SELECT title FROM film WHERE length > 180' },
      { question: 'how many are they?', sql: 'SELECT COUNT(*) FROM film WHERE length > 180' },
      {
        question: 'which actors star in them?',
        sql: `SELECT DISTINCT a.first_name, a.last_name FROM ${STARS} WHERE f.length > 180`,
      },
    ],
  },
  {
    id: 'employees-largest-department',
    db: 'employees',
    turns: [
      {
        question: 'Which department has the most employees?',
        sql: 'SELECT dept_name FROM department JOIN dept_emp USING (dept_no) GROUP BY 1 ORDER BY COUNT(DISTINCT emp_no) DESC LIMIT 1',
      },
      {
        question: 'Who manages it?',
        sql: `SELECT first_name, last_name FROM dept_manager JOIN department USING (dept_no) JOIN employee USING (emp_no) WHERE dept_name = 'Development'`,
      },
      {
        question: 'what is the average salary there?',
        sql: `SELECT dept_name, AVG(amount) FROM salary JOIN dept_emp USING (emp_no) JOIN department USING (dept_no) WHERE dept_name = 'Development' GROUP BY 1`,
      },
    ],
  },
  {
    id: 'employees-of-1999',
    db: 'employees',
    turns: [
      {
        question: 'List the employees hired in 1999.',
        sql: `SELECT first_name, last_name FROM employee WHERE strftime('%Y', hire_date) = '1999'`,
      },
      {
        question: 'what is their average salary?',
        sql: `SELECT AVG(amount) FROM salary JOIN employee USING (emp_no) WHERE strftime('%Y', hire_date) = '1999'`,
      },
      {
        question: 'which is the youngest?',
        sql: `SELECT first_name, last_name FROM employee WHERE strftime('%Y', hire_date) = '1999' ORDER BY birth_date DESC LIMIT 1`,
      },
      {
        question: "what's her title?",
        sql: `SELECT title FROM title WHERE emp_no = (SELECT emp_no FROM employee WHERE strftime('%Y', hire_date) = '1999' ORDER BY birth_date DESC LIMIT 1)`,
      },
    ],
  },
  {
    id: 'employees-marketing',
    db: 'employees',
    turns: [
      {
        question: 'How many people work in Marketing?',
        sql: `SELECT COUNT(DISTINCT emp_no) FROM dept_emp JOIN department USING (dept_no) WHERE dept_name = 'Marketing'`,
      },
      {
        question: 'how many of them are women?',
        sql: `SELECT COUNT(DISTINCT emp_no) FROM dept_emp JOIN department USING (dept_no) JOIN employee USING (emp_no) WHERE dept_name = 'Marketing' AND gender = 'F'`,
      },
      {
        question: 'who is the oldest?',
        sql: `SELECT first_name, last_name FROM dept_emp JOIN department USING (dept_no) JOIN employee USING (emp_no) WHERE dept_name = 'Marketing' AND gender = 'F' ORDER BY birth_date LIMIT 1`,
      },
    ],
  },
  {
    id: 'chinook-money-zh',
    db: 'chinook',
    turns: [
      {
        question: '曲目最多的3个专辑',
        sql: 'SELECT a.Title FROM Album a JOIN Track USING (AlbumId) GROUP BY 1 ORDER BY COUNT(*) DESC LIMIT 3',
      },
      {
        question: '它们的艺术家是谁',
        sql: 'SELECT a.Title, r.Name FROM Album a JOIN Artist r USING (ArtistId) JOIN Track USING (AlbumId) GROUP BY 1 ORDER BY COUNT(*) DESC LIMIT 3',
      },
      {
        question: '各卖了多少钱',
        sql: `WITH best AS (SELECT a.Title, r.Name FROM Album a JOIN Artist r USING (ArtistId) JOIN Track USING (AlbumId) GROUP BY 1 ORDER BY COUNT(*) DESC LIMIT 3)
          SELECT b.Title, b.Name, SUM(l.Quantity * l.UnitPrice) FROM best b JOIN Artist r ON r.Name = b.Name JOIN Album a ON a.Title = b.Title AND a.ArtistId = r.ArtistId JOIN Track t USING (AlbumId) JOIN InvoiceLine l USING (TrackId) GROUP BY 1`,
      },
    ],
  },
  {
    id: 'northwind-top-employees',
    db: 'northwind',
    turns: [
      {
        question: 'Top 3 employees by sales',
        sql: `SELECT FirstName, LastName FROM ${SELLERS}`,
      },
      { question: 'When were they hired?', sql: `SELECT FirstName, LastName, HireDate FROM ${SELLERS}` },
      {
        question: 'Which customers do they handle?',
        sql: `SELECT DISTINCT CompanyName FROM Customers JOIN Orders USING (CustomerID) WHERE EmployeeID IN (SELECT EmployeeID FROM ${SELLERS})`,
      },
    ],
  },
  {
    id: 'northwind-suppliers-zh',
    db: 'northwind',
    turns: [
      { question: '库存为0的产品有哪些', sql: 'SELECT ProductName FROM Products WHERE UnitsInStock = 0' },
      {
        question: '它们的供应商在哪个国家',
        sql: 'SELECT Country FROM Products JOIN Suppliers USING (SupplierID) WHERE UnitsInStock = 0',
      },
      {
        question: '它们属于什么类别',
        sql: 'SELECT CategoryName FROM Products JOIN Categories USING (CategoryID) WHERE UnitsInStock = 0',
      },
    ],
  },
  {
    id: 'northwind-other-products',
    db: 'northwind',
    turns: [
      {
        question: 'What is the best selling product in 1997?',
        sql: `SELECT ProductName FROM ${IN_1997} GROUP BY 1 ORDER BY SUM(d.Quantity) DESC LIMIT 1`,
      },
      {
        question: 'Which supplier makes it?',
        sql: `SELECT ProductName, CompanyName FROM ${IN_1997} JOIN Suppliers USING (SupplierID) GROUP BY 1 ORDER BY SUM(d.Quantity) DESC LIMIT 1`,
      },
      {
        question: 'What other products do they offer?',
        sql: `WITH best AS (SELECT ProductID, SupplierID FROM ${IN_1997} GROUP BY 1 ORDER BY SUM(d.Quantity) DESC LIMIT 1)
          SELECT p.ProductName FROM Products p JOIN best b ON b.SupplierID = p.SupplierID AND b.ProductID <> p.ProductID`,
      },
    ],
  },
  {
    id: 'sakila-most-rented',
    db: 'sakila',
    turns: [
      { question: 'Which film was rented the most?', sql: `SELECT title FROM film WHERE film_id = ${RENTED}` },
      {
        question: 'What category is it?',
        sql: `SELECT name FROM category JOIN film_category USING (category_id) WHERE film_id = ${RENTED}`,
      },
      {
        question: 'Who acted in it?',
        sql: `SELECT first_name, last_name FROM actor JOIN film_actor USING (actor_id) WHERE film_id = ${RENTED}`,
      },
    ],
  },
  {
    id: 'employees-best-paid-zh',
    db: 'employees',
    turns: [
      {
        question: '工资最高的员工是谁',
        sql: 'SELECT first_name, last_name FROM employee JOIN salary USING (emp_no) ORDER BY amount DESC LIMIT 1',
      },
      {
        question: '他在哪个部门',
        sql: 'SELECT dept_name FROM department JOIN dept_emp USING (dept_no) WHERE emp_no = (SELECT emp_no FROM salary ORDER BY amount DESC LIMIT 1)',
      },
      {
        question: '他是哪年出生的',
        sql: 'SELECT first_name, last_name, birth_date FROM employee WHERE emp_no = (SELECT emp_no FROM salary ORDER BY amount DESC LIMIT 1)',
      },
    ],
  },
];

export const THINGS_SHOWN = { demos: [...SHOP, ...HIGHWAY], samples: SAMPLES };
