using Slotwright.Storage;

[assembly: AssemblyFixture(typeof(PostgresServer))]
