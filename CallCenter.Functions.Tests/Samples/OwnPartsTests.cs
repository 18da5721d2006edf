using System.Text.Json;
using CallCenter.Durable.Settings;
using CallCenter.Functions.Http;
using CallCenter.Functions.Tests.Build;
using CallCenter.Samples.OwnParts;
using CallCenter.Workflows.CallCenter;
using CallCenter.Workflows.Employees;
using CallCenter.Workflows.Mail;
using CallCenter.Workflows.SupportTicket;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Functions.Tests.Samples;

/// <summary>Parts of one's own in the functions app, registered as docs/your-own-parts.md shows it.</summary>
public sealed class OwnPartsTests
{
    private static readonly Employee[] Two = [new("1", "Kim", "kim@example.com"), new("2", "Lee", "lee@example.com")];

    [Fact]
    public void Registration_OfThePage_MakesTheApp()
    {
        var builder = FunctionsApplication.CreateBuilder([]);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["CallCenter:Faq"] = "printer; password" });

        AddOwnParts(builder);
        using var services = builder.Services.BuildServiceProvider();

        Assert.IsType<FaqWorker>(services.GetRequiredService<ICaseWorker>());
        Assert.NotNull(services.GetRequiredService<ApiBridge>());
        Assert.Null(Refusal(services));
    }

    [Theory]
    [InlineData("My printer is on fire", 1)]
    [InlineData("No signal in the cellar", 0)]
    public async Task WorkOnCase_OwnWorker_Decides(string caseId, int status)
    {
        await using var services = App.Services(own => own.AddSingleton<ICaseWorker>(new FaqWorker(["printer"])));
        var functions = ActivatorUtilities.CreateInstance<CallCenterFunctions>(services);

        var opened = await functions.OpenCaseAsync(new CaseInput { InputCaseId = caseId }, default);

        Assert.Equal(status, (await functions.WorkOnCaseAsync(opened, default)).Status);
    }

    [Fact]
    public async Task Staff_OwnAssignmentsAndMailer_AreThoseOfCasesAndTickets()
    {
        var mails = new Mails();
        await using var services = App.Services(
            own => own.AddSingleton<IAssignments>(new Territories(Two)).AddSingleton<IMailer>(mails),
            ("CallCenter:PublicUrl", "https://cases.example.com"));
        var tickets = ActivatorUtilities.CreateInstance<SupportTicketFunctions>(services);
        var cases = ActivatorUtilities.CreateInstance<CallCenterFunctions>(services);

        Assert.Null(Refusal(services));
        var ticket = await tickets.OpenCaseAsync(new TicketInput { InputCaseId = "B" }, default) with { Key = "k" };
        var assigned = await tickets.AssignCaseAsync(ticket, default) with { Key = "k" };
        await tickets.SendEmailAsync(assigned, default);
        var supportCase = await cases.OpenCaseAsync(new CaseInput { InputCaseId = "A" }, default) with { Key = "c" };
        var given = await cases.AssignCaseAsync(supportCase, default);
        await cases.NotifyAgentAsync(new AgentNotice(given, "a", DateTime.UnixEpoch, "n"), default);

        Assert.Equal(["kim@example.com", "lee@example.com"], mails.Sent.Select(mail => mail.To.Email));
    }

    private static void AddOwnParts(FunctionsApplicationBuilder builder)
    {
        var settings = new SettingsReader(name => builder.Configuration[name]);
        var topics = (settings.Text("Faq") ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        builder.Services.AddSingleton<ICaseWorker>(new FaqWorker(topics));
        builder.Services.AddSingleton<IAssignments>(new Territories(Roster.Read(settings)));
        builder.Services.AddSingleton<IMailer>(new MailService(new HttpClient(), new Uri(settings.Text("MailService") ?? "http://127.0.0.1:8025/mails")));
        builder.Services.AddCallCenter(builder.Configuration);
    }

    private static string? Refusal(IServiceProvider services) =>
        services.GetRequiredService<SupportTicketWorkflow>().Refuse(JsonDocument.Parse("""{"inputCaseID":"001"}""").RootElement);

    private sealed class Mails : IMailer
    {
        public List<OutgoingMail> Sent { get; } = [];

        public Task SendAsync(OutgoingMail mail, CancellationToken cancellation)
        {
            Sent.Add(mail);
            return Task.CompletedTask;
        }
    }
}
