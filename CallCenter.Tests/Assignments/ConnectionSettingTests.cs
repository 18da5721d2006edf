using System.Net;
using System.Net.Sockets;
using CallCenter.Assignments;
using CallCenter.Workflows.Employees;

namespace CallCenter.Tests.Assignments;

/// <summary>What the setting <c>CallCenter:Assignments</c> may be. No message shows a password.</summary>
public sealed class ConnectionSettingTests
{
    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("secret")]
    [InlineData("Server=tcp:x.database.windows.net;Database=d;User ID=u;Password=secret")]
    [InlineData("mysql://u:secret@localhost/d")]
    [InlineData("Data Source=:memory:;Password=secret")]
    [InlineData("Data Source=a.db;Mode=Memory")]
    [InlineData("Data Source=")]
    [InlineData("Data Source=a.db;Secret=secret")]
    [InlineData("Data Source=a.db;Mode=secret")]
    [InlineData("Host=localhost;Passwort=secret")]
    [InlineData("Host=localhost;Port=secret")]
    [InlineData("Host=localhost;SSL Mode=secret")]
    [InlineData("Host=localhost;Password='secret")]
    [InlineData("postgresql://")]
    [InlineData("postgresql://u:p@secret@localhost/d")]
    [InlineData("postgresql://u:p/secret@localhost/d")]
    [InlineData("postgresql://u:secret@localhost:port/d")]
    [InlineData("postgresql://u:secret@localhost/d?unheard_of=secret")]
    [InlineData("postgresql://u:secret@localhost/d?sslmode=secret")]
    public void SqlAssignments_NotUsable_SaysWhatWouldBeRight(string connection)
    {
        var refused = Assert.Throws<ArgumentException>(() => new SqlAssignments(connection, Roster.Example));

        Assert.StartsWith("The setting CallCenter:Assignments ", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Data Source=FILE", refused.Message, StringComparison.Ordinal);
        Assert.Contains("postgresql://USER", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refused.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Host=localhost;Passwort=x", "NAME=VALUE number 2")]
    [InlineData("Host=localhost;Password=pass;secret=word", "NAME=VALUE number 3")]
    [InlineData("postgresql://localhost/d?sslmode=require&secret=word", "parameter number 2 behind the ?")]
    public void SqlAssignments_UnknownPart_SaysWhichOne(string connection, string place)
    {
        var refused = Assert.Throws<ArgumentException>(() => new SqlAssignments(connection, Roster.Example));

        Assert.Contains(place, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Host=localhost;Database=d;Username=u;Password=secret;SSL Mode=Disable")]
    [InlineData("host=localhost")]
    [InlineData("postgres://localhost")]
    [InlineData("postgresql://u:s%40cret@[::1]:5433/d?sslmode=verify-full&application_name=callcenter&channel_binding=prefer")]
    [InlineData("Data Source=a.db")]
    [InlineData("data source=a.db;Default Timeout=5")]
    public void SqlAssignments_Usable_OpensNothingYet(string connection)
    {
        using var table = new SqlAssignments(connection, Roster.Example);

        Assert.False(File.Exists("a.db"));
    }

    [Theory]
    [InlineData("Host=127.0.0.1;Port={0};Username=u;Password=secret;Timeout=2")]
    [InlineData("postgresql://u:secret@127.0.0.1:{0}/d?connect_timeout=2")]
    [InlineData("postgresql://u:secret@nowhere.invalid:{0}/d?connect_timeout=2")]
    public async Task Assign_NobodyAnswers_NamesTheSettingAndNotThePassword(string connection)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        await using var table = new SqlAssignments(string.Format(System.Globalization.CultureInfo.InvariantCulture, connection, port), Roster.Example);

        var failure = await Assert.ThrowsAsync<AssignmentException>(() => table.AssignAsync("key", "001", default));

        Assert.Contains("CallCenter:Assignments", failure.Message, StringComparison.Ordinal);
        Assert.Contains($"PostgreSQL at ", failure.Message, StringComparison.Ordinal);
        Assert.Contains($":{port}", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void SqlAssignments_EmployeesNotUsable_AreRefusedBeforeAnythingIsOpened() =>
        Assert.Throws<ArgumentException>(() => new SqlAssignments("Data Source=a.db", []));
}
