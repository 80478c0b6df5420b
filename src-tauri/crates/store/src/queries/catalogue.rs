//! Customers and products, and the rows that hang on them.

use std::collections::HashMap;

use yeji_core::facts::{
    Contact, Customer, DeliveryTicket, Interaction, Lead, OrderLine, Product, Receipt,
    SatisfactionScore, StageEvent,
};
use yeji_core::ids::{CustomerId, OpportunityId, ProductId};
use yeji_core::org::Person;

use crate::cell::Cell;
use crate::record::Row;
use crate::rows::{select, select_all, select_one};
use crate::{Result, Store};

impl Store {
    /// All customers, by id.
    pub async fn customers(&self) -> Result<Vec<Customer>> {
        select_all(&mut *self.reader().await?).await
    }

    /// One customer.
    pub async fn customer(&self, id: CustomerId) -> Result<Option<Customer>> {
        select_one(&mut *self.reader().await?, id.0).await
    }

    /// All products, by id.
    pub async fn products(&self) -> Result<Vec<Product>> {
        select_all(&mut *self.reader().await?).await
    }

    /// One product.
    pub async fn product(&self, id: ProductId) -> Result<Option<Product>> {
        select_one(&mut *self.reader().await?, id.0).await
    }

    /// People that a source brought, by their identity in it.
    pub async fn people_by_source(&self, source: &str) -> Result<HashMap<String, Person>> {
        let people: Vec<Person> = self.of_source(source).await?;
        Ok(people
            .into_iter()
            .map(|person| (person.external_id.clone(), person))
            .collect())
    }

    /// Customers that a source brought, by their identity in it.
    pub async fn customers_by_source(&self, source: &str) -> Result<HashMap<String, Customer>> {
        let customers: Vec<Customer> = self.of_source(source).await?;
        Ok(customers
            .into_iter()
            .map(|one| (one.origin.external_id.clone(), one))
            .collect())
    }

    /// Products that a source brought, by their identity in it.
    pub async fn products_by_source(&self, source: &str) -> Result<HashMap<String, Product>> {
        let products: Vec<Product> = self.of_source(source).await?;
        Ok(products
            .into_iter()
            .map(|one| (one.origin.external_id.clone(), one))
            .collect())
    }

    /// Contacts of a customer.
    pub async fn contacts(&self, customer: CustomerId) -> Result<Vec<Contact>> {
        self.of_parent("customer", customer.0).await
    }

    /// Interactions with a customer, by id (which is by the time of their entry).
    pub async fn interactions(&self, customer: CustomerId) -> Result<Vec<Interaction>> {
        self.of_parent("customer", customer.0).await
    }

    /// Satisfaction answers of a customer.
    pub async fn satisfaction_scores(
        &self,
        customer: CustomerId,
    ) -> Result<Vec<SatisfactionScore>> {
        self.of_parent("customer", customer.0).await
    }

    /// Stage changes of a deal.
    pub async fn stage_events(&self, deal: OpportunityId) -> Result<Vec<StageEvent>> {
        self.of_parent("opportunity", deal.0).await
    }

    /// Order lines of a deal.
    pub async fn order_lines(&self, deal: OpportunityId) -> Result<Vec<OrderLine>> {
        self.of_parent("opportunity", deal.0).await
    }

    /// Receipts and refunds of a deal.
    pub async fn receipts(&self, deal: OpportunityId) -> Result<Vec<Receipt>> {
        self.of_parent("opportunity", deal.0).await
    }

    /// Deliveries of a deal.
    pub async fn delivery_tickets(&self, deal: OpportunityId) -> Result<Vec<DeliveryTicket>> {
        self.of_parent("opportunity", deal.0).await
    }

    /// All leads, by id.
    pub async fn leads(&self) -> Result<Vec<Lead>> {
        select_all(&mut *self.reader().await?).await
    }

    async fn of_source<T: Row>(&self, source: &str) -> Result<Vec<T>> {
        let source = Cell::Text(source.to_owned());
        select(
            &mut *self.reader().await?,
            "WHERE source = ? ORDER BY id",
            &[source],
        )
        .await
    }

    async fn of_parent<T: Row>(&self, column: &'static str, id: uuid::Uuid) -> Result<Vec<T>> {
        let tail = format!("WHERE {column} = ? ORDER BY id");
        select(&mut *self.reader().await?, &tail, &[Cell::Id(id)]).await
    }
}
