namespace CallCenter.Tests.Assignments;

/// <summary>A test with PostgreSQL; skipped, with the reason, where there is none.</summary>
internal sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute() => Skip = PostgresServer.Missing;
}
