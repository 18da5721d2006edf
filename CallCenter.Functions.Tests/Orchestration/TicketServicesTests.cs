using System.Text.Json;
using CallCenter.Functions.Tests.Build;
using CallCenter.Workflows.SupportTicket;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Functions.Tests.Orchestration;

/// <summary>Where the app has its table of assignments and its mails.</summary>
public sealed class TicketServicesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("callcenter-tickets-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private (string Name, string Value) Table => ("CallCenter:Assignments", $"Data Source={Path.Combine(_folder, "table.db")}");

    private (string Name, string Value) Mails => ("CallCenter:Mail:Folder", Path.Combine(_folder, "mail"));

    private static string? Refusal(params (string Name, string Value)[] settings)
    {
        using var services = App.Services(settings);
        return services.GetRequiredService<SupportTicketWorkflow>().Refuse(JsonDocument.Parse("""{"inputCaseID":"001"}""").RootElement);
    }

    [Fact]
    public void Ticket_InAzureWithoutATable_IsRefusedWithTheSettingsName()
    {
        Assert.Contains("CallCenter:Assignments", Refusal(Mails), StringComparison.Ordinal);
        Assert.Contains("CallCenter:Assignments", Refusal(Mails, ("AZURE_FUNCTIONS_ENVIRONMENT", "Production")), StringComparison.Ordinal);
        Assert.Contains("CallCenter:Assignments", Refusal(Mails, ("AZURE_FUNCTIONS_ENVIRONMENT", "Development"), ("WEBSITE_INSTANCE_ID", "a")), StringComparison.Ordinal);
    }

    [Fact]
    public void Ticket_InAzureWithoutMail_IsRefusedWithTheSettingsName() =>
        Assert.Contains("CallCenter:Mail:Host", Refusal(("CallCenter:Assignments", "Host=db;Database=callcenter")), StringComparison.Ordinal);

    [Fact]
    public void Ticket_WithTableAndMail_IsTaken() => Assert.Null(Refusal(Table, Mails));

    [Fact]
    public void Ticket_OnADevelopersMachine_NeedsNoSettings() => Assert.Null(Refusal(("AZURE_FUNCTIONS_ENVIRONMENT", "Development")));

    [Fact]
    public async Task Activities_TableAndMailOfTheSettings_AreUsed()
    {
        await using var services = App.Services(Table, Mails);
        var functions = ActivatorUtilities.CreateInstance<SupportTicketFunctions>(services);
        var opened = await functions.OpenCaseAsync(new TicketInput { InputCaseId = "001" }, default);

        var assigned = await functions.AssignCaseAsync(opened with { Key = "k" }, default);
        var mailed = await functions.SendEmailAsync(assigned with { Key = "k" }, default);

        Assert.Equal("Case 001: opened...assigned...e-mail sent.", mailed.Message);
        Assert.Contains(mailed.Assignee!.Email, await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(Mails.Value))), StringComparison.Ordinal);
    }
}
