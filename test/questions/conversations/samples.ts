/** Conversations of a person who looks around in a sample database: each question leans on the answers before it. */
import type { Conversation } from './conversation.ts';

export const SAMPLE_CONVERSATIONS: readonly Conversation[] = [
  {
    id: 'chinook-canada',
    db: 'chinook',
    turns: [
      {
        question: 'List the names of all customers from Canada.',
        sql: `SELECT FirstName, LastName FROM Customer WHERE Country = 'Canada'`,
      },
      { question: 'What are their email addresses?', sql: `SELECT Email FROM Customer WHERE Country = 'Canada'` },
      { question: 'How many are there?', sql: `SELECT COUNT(*) FROM Customer WHERE Country = 'Canada'` },
      { question: 'What about Brazil?', sql: `SELECT COUNT(*) FROM Customer WHERE Country = 'Brazil'` },
    ],
  },
  {
    id: 'chinook-tracks',
    db: 'chinook',
    turns: [
      { question: 'How many tracks are there?', sql: 'SELECT COUNT(*) FROM Track' },
      {
        question: 'How many are there for each genre?',
        sql: 'SELECT g.Name, COUNT(*) FROM Track t JOIN Genre g USING (GenreId) GROUP BY g.GenreId',
        alternatives: ['SELECT GenreId, COUNT(*) FROM Track GROUP BY GenreId'],
      },
      {
        question: 'Which one has the most?',
        sql: 'SELECT g.Name FROM Track t JOIN Genre g USING (GenreId) GROUP BY g.GenreId ORDER BY COUNT(*) DESC LIMIT 1',
        alternatives: ['SELECT GenreId FROM Track GROUP BY GenreId ORDER BY COUNT(*) DESC LIMIT 1'],
      },
    ],
  },
  {
    id: 'chinook-albums',
    db: 'chinook',
    turns: [
      {
        question: 'Show the titles of the albums by AC/DC.',
        sql: `SELECT Title FROM Album JOIN Artist USING (ArtistId) WHERE Name = 'AC/DC'`,
      },
      {
        question: 'And the ones by Queen?',
        sql: `SELECT Title FROM Album JOIN Artist USING (ArtistId) WHERE Name = 'Queen'`,
      },
      {
        question: 'How many are those?',
        sql: `SELECT COUNT(*) FROM Album JOIN Artist USING (ArtistId) WHERE Name = 'Queen'`,
      },
    ],
  },
  {
    id: 'chinook-longest',
    db: 'chinook',
    turns: [
      {
        question: 'What is the name of the longest track?',
        sql: 'SELECT Name FROM Track ORDER BY Milliseconds DESC LIMIT 1',
      },
      { question: 'What is its composer?', sql: 'SELECT Composer FROM Track ORDER BY Milliseconds DESC LIMIT 1' },
      {
        question: 'And the shortest one?',
        sql: 'SELECT Composer FROM Track ORDER BY Milliseconds LIMIT 1',
        alternatives: ['SELECT Name FROM Track ORDER BY Milliseconds LIMIT 1'],
      },
    ],
  },
  {
    id: 'chinook-invoices',
    db: 'chinook',
    turns: [
      { question: 'What is the total of all invoices?', sql: 'SELECT SUM(Total) FROM Invoice' },
      { question: 'What is the average?', sql: 'SELECT AVG(Total) FROM Invoice' },
      {
        question: 'Show that for each billing country.',
        sql: 'SELECT BillingCountry, AVG(Total) FROM Invoice GROUP BY BillingCountry',
      },
      {
        question: 'Sort them from highest to lowest.',
        sql: 'SELECT BillingCountry, AVG(Total) FROM Invoice GROUP BY BillingCountry ORDER BY 2 DESC',
      },
      {
        question: 'Only the top 5.',
        sql: 'SELECT BillingCountry, AVG(Total) FROM Invoice GROUP BY BillingCountry ORDER BY 2 DESC LIMIT 5',
      },
    ],
  },
  {
    id: 'chinook-employees',
    db: 'chinook',
    turns: [
      {
        question: 'Who is the oldest employee?',
        sql: 'SELECT FirstName, LastName FROM Employee ORDER BY BirthDate LIMIT 1',
      },
      { question: 'What is her title?', sql: 'SELECT Title FROM Employee ORDER BY BirthDate LIMIT 1' },
      { question: 'When was she hired?', sql: 'SELECT HireDate FROM Employee ORDER BY BirthDate LIMIT 1' },
    ],
  },
  {
    id: 'chinook-playlists',
    db: 'chinook',
    turns: [
      { question: 'List all playlists.', sql: 'SELECT Name FROM Playlist' },
      {
        question: 'How many tracks does each have?',
        sql: 'SELECT p.Name, COUNT(*) FROM Playlist p JOIN PlaylistTrack USING (PlaylistId) GROUP BY p.PlaylistId',
        alternatives: [
          'SELECT Name, COUNT(TrackId) FROM Playlist p LEFT JOIN PlaylistTrack USING (PlaylistId) GROUP BY p.PlaylistId',
          'SELECT p.Name, COUNT(*) FROM Playlist p JOIN PlaylistTrack USING (PlaylistId) GROUP BY p.Name',
        ],
      },
      {
        question: 'Which of them have more than 1000?',
        sql: 'SELECT p.Name FROM Playlist p JOIN PlaylistTrack USING (PlaylistId) GROUP BY p.PlaylistId HAVING COUNT(*) > 1000',
        alternatives: [
          'SELECT p.Name FROM Playlist p JOIN PlaylistTrack USING (PlaylistId) GROUP BY p.Name HAVING COUNT(*) > 1000',
        ],
      },
    ],
  },
  {
    id: 'northwind-products',
    db: 'northwind',
    turns: [
      { question: 'Which products cost more than 50?', sql: 'SELECT ProductName FROM Products WHERE UnitPrice > 50' },
      {
        question: 'Also show their units in stock.',
        sql: 'SELECT ProductName, UnitsInStock FROM Products WHERE UnitPrice > 50',
      },
      {
        question: 'Sort them by unit price.',
        sql: 'SELECT ProductName, UnitsInStock FROM Products WHERE UnitPrice > 50 ORDER BY UnitPrice',
        ordered: true,
      },
      {
        question: 'Which of them are discontinued?',
        sql: 'SELECT ProductName FROM Products WHERE UnitPrice > 50 AND Discontinued = 1',
      },
    ],
  },
  {
    id: 'northwind-customers',
    db: 'northwind',
    turns: [
      {
        question: 'How many customers are there in Germany?',
        sql: `SELECT COUNT(*) FROM Customers WHERE Country = 'Germany'`,
      },
      { question: 'And in France?', sql: `SELECT COUNT(*) FROM Customers WHERE Country = 'France'` },
      { question: 'What are their company names?', sql: `SELECT CompanyName FROM Customers WHERE Country = 'France'` },
      {
        question: 'Which of those are in Paris?',
        sql: `SELECT CompanyName FROM Customers WHERE Country = 'France' AND City = 'Paris'`,
      },
    ],
  },
  {
    id: 'northwind-category',
    db: 'northwind',
    turns: [
      { question: 'What is the average unit price of the products?', sql: 'SELECT AVG(UnitPrice) FROM Products' },
      { question: 'What about the maximum?', sql: 'SELECT MAX(UnitPrice) FROM Products' },
      {
        question: 'Which products are above the average?',
        sql: 'SELECT ProductName FROM Products WHERE UnitPrice > (SELECT AVG(UnitPrice) FROM Products)',
      },
      {
        question: 'How many are there?',
        sql: 'SELECT COUNT(*) FROM Products WHERE UnitPrice > (SELECT AVG(UnitPrice) FROM Products)',
      },
    ],
  },
  {
    id: 'northwind-suppliers',
    db: 'northwind',
    turns: [
      {
        question: 'List the company names of the suppliers in Japan.',
        sql: `SELECT CompanyName FROM Suppliers WHERE Country = 'Japan'`,
      },
      {
        question: 'What products do they supply?',
        sql: `SELECT ProductName FROM Products JOIN Suppliers USING (SupplierID) WHERE Country = 'Japan'`,
      },
      {
        question: 'What is the cheapest one?',
        sql: `SELECT ProductName FROM Products JOIN Suppliers USING (SupplierID) WHERE Country = 'Japan' ORDER BY UnitPrice LIMIT 1`,
      },
    ],
  },
  {
    id: 'northwind-employees',
    db: 'northwind',
    turns: [
      {
        question: 'How many orders did each employee handle?',
        sql: 'SELECT e.FirstName, e.LastName, COUNT(*) FROM Orders o JOIN Employees e USING (EmployeeID) GROUP BY EmployeeID',
        alternatives: [
          'SELECT EmployeeID, COUNT(*) FROM Orders GROUP BY EmployeeID',
          'SELECT LastName, COUNT(*) FROM Orders JOIN Employees USING (EmployeeID) GROUP BY EmployeeID',
          'SELECT FirstName, COUNT(*) FROM Orders JOIN Employees USING (EmployeeID) GROUP BY EmployeeID',
        ],
      },
      {
        question: 'Who has the most?',
        sql: 'SELECT e.LastName FROM Orders o JOIN Employees e USING (EmployeeID) GROUP BY EmployeeID ORDER BY COUNT(*) DESC LIMIT 1',
        alternatives: [
          'SELECT EmployeeID FROM Orders GROUP BY EmployeeID ORDER BY COUNT(*) DESC LIMIT 1',
          'SELECT e.FirstName FROM Orders o JOIN Employees e USING (EmployeeID) GROUP BY EmployeeID ORDER BY COUNT(*) DESC LIMIT 1',
        ],
      },
      {
        question: 'And the fewest?',
        sql: 'SELECT e.LastName FROM Orders o JOIN Employees e USING (EmployeeID) GROUP BY EmployeeID ORDER BY COUNT(*) LIMIT 1',
        alternatives: [
          'SELECT EmployeeID FROM Orders GROUP BY EmployeeID ORDER BY COUNT(*) LIMIT 1',
          'SELECT e.FirstName FROM Orders o JOIN Employees e USING (EmployeeID) GROUP BY EmployeeID ORDER BY COUNT(*) LIMIT 1',
        ],
      },
    ],
  },
  {
    id: 'northwind-orders',
    db: 'northwind',
    turns: [
      {
        question: 'How many orders were shipped to Brazil?',
        sql: `SELECT COUNT(*) FROM Orders WHERE ShipCountry = 'Brazil'`,
      },
      { question: 'What about Sweden?', sql: `SELECT COUNT(*) FROM Orders WHERE ShipCountry = 'Sweden'` },
      {
        question: 'What is their average freight?',
        sql: `SELECT AVG(Freight) FROM Orders WHERE ShipCountry = 'Sweden'`,
      },
      {
        question: 'Now for each ship country.',
        sql: 'SELECT ShipCountry, AVG(Freight) FROM Orders GROUP BY ShipCountry',
      },
    ],
  },
  {
    id: 'sakila-films',
    db: 'sakila',
    turns: [
      {
        question: 'What are the titles of the films rated PG-13?',
        sql: `SELECT title FROM film WHERE rating = 'PG-13'`,
      },
      {
        question: 'Only the ones longer than 180 minutes.',
        sql: `SELECT title FROM film WHERE rating = 'PG-13' AND length > 180`,
      },
      {
        question: 'Show their rental rates too.',
        sql: `SELECT title, rental_rate FROM film WHERE rating = 'PG-13' AND length > 180`,
      },
      {
        question: 'How many of them are there?',
        sql: `SELECT COUNT(*) FROM film WHERE rating = 'PG-13' AND length > 180`,
      },
    ],
  },
  {
    id: 'sakila-actors',
    db: 'sakila',
    turns: [
      { question: 'How many actors are there?', sql: 'SELECT COUNT(*) FROM actor' },
      {
        question: 'Which of them have the last name TEMPLE?',
        sql: `SELECT first_name, last_name FROM actor WHERE last_name = 'TEMPLE'`,
        alternatives: [
          `SELECT first_name FROM actor WHERE last_name = 'TEMPLE'`,
          `SELECT * FROM actor WHERE last_name = 'TEMPLE'`,
        ],
      },
      {
        question: 'How about WILLIS?',
        sql: `SELECT first_name, last_name FROM actor WHERE last_name = 'WILLIS'`,
        alternatives: [
          `SELECT first_name FROM actor WHERE last_name = 'WILLIS'`,
          `SELECT * FROM actor WHERE last_name = 'WILLIS'`,
        ],
      },
    ],
  },
  {
    id: 'sakila-categories',
    db: 'sakila',
    turns: [
      {
        question: 'Show the name of each category with the number of its films.',
        sql: 'SELECT c.name, COUNT(*) FROM category c JOIN film_category USING (category_id) GROUP BY c.category_id',
      },
      {
        question: 'Sort them in descending order of that number.',
        sql: 'SELECT c.name, COUNT(*) FROM category c JOIN film_category USING (category_id) GROUP BY c.category_id ORDER BY 2 DESC',
      },
      {
        question: 'Which have more than 65?',
        sql: 'SELECT c.name FROM category c JOIN film_category USING (category_id) GROUP BY c.category_id HAVING COUNT(*) > 65',
      },
    ],
  },
  {
    id: 'sakila-length',
    db: 'sakila',
    turns: [
      { question: 'What is the average length of films?', sql: 'SELECT AVG(length) FROM film' },
      { question: 'And the minimum and maximum?', sql: 'SELECT MIN(length), MAX(length) FROM film' },
      { question: 'What is the average for each rating?', sql: 'SELECT rating, AVG(length) FROM film GROUP BY rating' },
      {
        question: 'Which rating has the highest?',
        sql: 'SELECT rating FROM film GROUP BY rating ORDER BY AVG(length) DESC LIMIT 1',
      },
    ],
  },
  {
    id: 'sakila-customer',
    db: 'sakila',
    turns: [
      {
        question: 'What is the email of the customer with first name MARY?',
        sql: `SELECT email FROM customer WHERE first_name = 'MARY'`,
      },
      { question: 'What is her last name?', sql: `SELECT last_name FROM customer WHERE first_name = 'MARY'` },
      {
        question: 'How many rentals does she have?',
        sql: `SELECT COUNT(*) FROM rental JOIN customer USING (customer_id) WHERE first_name = 'MARY'`,
      },
    ],
  },
  {
    id: 'sakila-countries',
    db: 'sakila',
    turns: [
      {
        question: 'Which cities are in Peru?',
        sql: `SELECT city FROM city JOIN country USING (country_id) WHERE country = 'Peru'`,
      },
      {
        question: 'What about Italy?',
        sql: `SELECT city FROM city JOIN country USING (country_id) WHERE country = 'Italy'`,
      },
      {
        question: 'List them in alphabetical order.',
        sql: `SELECT city FROM city JOIN country USING (country_id) WHERE country = 'Italy' ORDER BY city`,
        ordered: true,
      },
      { question: 'How many languages are there?', sql: 'SELECT COUNT(*) FROM language' },
    ],
  },
  {
    id: 'employees-gender',
    db: 'employees',
    turns: [
      { question: 'How many employees are there?', sql: 'SELECT COUNT(*) FROM employee' },
      { question: 'How many for each gender?', sql: 'SELECT gender, COUNT(*) FROM employee GROUP BY gender' },
      {
        question: 'Only count those hired after 1995-01-01.',
        sql: `SELECT gender, COUNT(*) FROM employee WHERE hire_date > '1995-01-01' GROUP BY gender`,
      },
    ],
  },
  {
    id: 'employees-salary',
    db: 'employees',
    turns: [
      { question: 'What is the highest salary amount?', sql: 'SELECT MAX(amount) FROM salary' },
      {
        question: 'Whose is it?',
        sql: 'SELECT e.first_name, e.last_name FROM salary s JOIN employee e USING (emp_no) ORDER BY s.amount DESC LIMIT 1',
      },
      {
        question: 'When was that employee born?',
        sql: 'SELECT e.birth_date FROM salary s JOIN employee e USING (emp_no) ORDER BY s.amount DESC LIMIT 1',
      },
    ],
  },
  {
    id: 'employees-department',
    db: 'employees',
    turns: [
      { question: 'List the names of the departments.', sql: 'SELECT dept_name FROM department' },
      {
        question: 'How many employees does each have?',
        sql: 'SELECT d.dept_name, COUNT(*) FROM department d JOIN dept_emp USING (dept_no) GROUP BY d.dept_no',
        alternatives: [
          'SELECT d.dept_name, COUNT(DISTINCT emp_no) FROM department d JOIN dept_emp USING (dept_no) GROUP BY d.dept_no',
        ],
      },
      {
        question: 'Which department has the fewest?',
        sql: 'SELECT d.dept_name FROM department d JOIN dept_emp USING (dept_no) GROUP BY d.dept_no ORDER BY COUNT(*) LIMIT 1',
      },
    ],
  },
];
