using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using CallCenter.Tests.Conformance;
using CallCenter.Tests.Crash;
using CallCenter.Tests.Keys;
using CallCenter.Tests.Storage;
using SystemProcess = System.Diagnostics.Process;

namespace CallCenter.Tests.Documentation;

/// <summary>Callers reach the program through the configuration of docs/proxy.md.</summary>
[Collection(CrashTestGroup.Name)]
public sealed partial class ProxyPageTests : IDisposable
{
    private const string Key = "key-of-the-caller!";

    private readonly TemporaryFolder _folder = new();

    private readonly X509Certificate2 _certificate = Certificate();

    public void Dispose()
    {
        _certificate.Dispose();
        _folder.Dispose();
    }

    [NginxFact]
    public async Task Configuration_OfThePage_BringsCallersToTheProgramAndKeepsTheirKeys()
    {
        var (port, log) = (Ports.Free(), Path.Combine(_folder.Path, "access.log"));
        await using var host = await KeyHost.StartAsync(
            "--CallCenter:ApiKey", Key, "--CallCenter:PublicUrl", "https://cases.example.com/callcenter", "--CallCenter:TrustedProxies", "127.0.0.1");
        using var nginx = Start(ServerOfThePage(port, host.Url.Port, log));
        try
        {
            using var http = Caller(port);
            await Eventually.TrueAsync(async () =>
            {
                try
                {
                    return (await http.GetAsync("https://cases.example.com/readyz")).IsSuccessStatusCode;
                }
                catch (HttpRequestException)
                {
                    Assert.False(nginx.HasExited, "nginx has ended.");
                    return false;
                }
            });

            foreach (var path in new[] { "", "/callcenter" })
            {
                using var started = await http.PostAsJsonAsync($"https://cases.example.com{path}/api/cases?code={Key}", new { inputCaseID = "001" });
                Assert.Equal(HttpStatusCode.Accepted, started.StatusCode);
                Assert.StartsWith("https://cases.example.com/callcenter/", started.Headers.Location?.ToString(), StringComparison.Ordinal);
            }
            await Eventually.TrueAsync(async () => (await File.ReadAllTextAsync(log)).Contains("POST /callcenter/api/cases 202", StringComparison.Ordinal));
            Assert.DoesNotContain(Key, await File.ReadAllTextAsync(log), StringComparison.Ordinal);
        }
        finally
        {
            nginx.Kill();
            await nginx.WaitForExitAsync();
        }
    }

    /// <summary>All three blocks of the page in one: the server, the location under a path in it, and the log without keys.</summary>
    private string ServerOfThePage(int port, int program, string log)
    {
        var (server, location, logging) = Blocks("docs/proxy.md") is [var first, var second, var third] ? (first, second, third.Split('\n', 2)) : throw new InvalidOperationException("The page has other blocks.");
        var lines = LocationPattern().Match(server).Groups["lines"].Value;
        var (certificateFile, keyFile) = (Path.Combine(_folder.Path, "certificate.pem"), Path.Combine(_folder.Path, "key.pem"));
        File.WriteAllText(certificateFile, _certificate.ExportCertificatePem());
        File.WriteAllText(keyFile, _certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        return logging[0] + "\n" + server
            .Replace("127.0.0.1:7071", $"127.0.0.1:{program}", StringComparison.Ordinal)
            .Replace("listen 443", $"listen 127.0.0.1:{port}", StringComparison.Ordinal)
            .Replace("listen 80", $"listen 127.0.0.1:{Ports.Free()}", StringComparison.Ordinal)
            .Replace("/etc/ssl/cases.example.com.pem", certificateFile, StringComparison.Ordinal)
            .Replace("/etc/ssl/cases.example.com.key", keyFile, StringComparison.Ordinal)
            .Replace("    location /", $"{logging[1].Replace("/var/log/nginx/callcenter.log", log, StringComparison.Ordinal)}\n{location.Replace("    ...", lines, StringComparison.Ordinal)}\n    location /", StringComparison.Ordinal);
    }

    private SystemProcess Start(string configuration)
    {
        var file = Path.Combine(_folder.Path, "nginx.conf");
        var temporary = string.Concat(new[] { "client_body", "proxy", "fastcgi", "uwsgi", "scgi" }.Select(kind => $"{kind}_temp_path {_folder.Path}/{kind};\n"));
        File.WriteAllText(file, $"daemon off;\nmaster_process off;\npid {_folder.Path}/pid;\nevents {{ }}\nhttp {{\naccess_log off;\n{temporary}{configuration}\n}}\n");
        return SystemProcess.Start(new ProcessStartInfo(Nginx.Path!, ["-c", file, "-e", "stderr"]))!;
    }

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new CertificateRequest("CN=cases.example.com", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    /// <summary>Finds the name on this machine, and knows the certificate.</summary>
    private HttpClient Caller(int port)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellation) =>
            {
                var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port, cancellation);
                return client.GetStream();
            },
        };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.GetCertHashString() == _certificate.GetCertHashString();
        return new HttpClient(handler);
    }

    private static List<string> Blocks(string document) => [.. DocumentBlock.Of(document).Where(block => block.Language == "nginx").Select(block => block.Text)];

    [GeneratedRegex(@"location / \{\n *proxy_pass [^\n]*\n(?<lines>.*?)\n    \}", RegexOptions.Singleline)]
    private static partial Regex LocationPattern();
}
