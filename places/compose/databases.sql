-- DEMO ONLY: four databases with four roles, as in k8s/overlays/local/demo/postgres-init.yaml. Tables are made by each service's migrations.
create role checkout login password 'checkout';
create database checkout owner checkout;
create role billing login password 'billing';
create database billing owner billing;
create role recommendations login password 'recommendations';
create database recommendations owner recommendations;
create role bank login password 'bank';
create database bank owner bank;
