using System.Diagnostics;
using System.Text.Json;
using EarlyWarning.Driver.Activities;
using EarlyWarning.Driver.Running;
using EarlyWarning.Driver.Targets;
using EarlyWarning.Host.Composition;
using HdrHistogram;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EarlyWarning.Driver.Comparing;

/// <summary>
/// The way of a warning through Prometheus and Alertmanager, each at a second, which is the smallest interval that people run them at: a
/// gauge that is scraped, a rule without a wait, a group without a wait, and a webhook.
/// </summary>
internal sealed class PrometheusWay : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private readonly string _folder = Directory.CreateTempSubdirectory("early-warning-prometheus-").FullName;
    private readonly HeardWarnings _warnings = new();
    private readonly List<ChildProcess> _processes = [];
    private WebApplication? _page;
    private double _value;

    /// <summary>Whether both programs are installed, by the names that Debian gives them.</summary>
    public static bool IsInstalled => Find("prometheus") is not null && Find("prometheus-alertmanager") is not null;

    public static async Task<PrometheusWay> StartAsync(CancellationToken cancellationToken)
    {
        var way = new PrometheusWay();
        await way.ListenAsync(cancellationToken);
        await way.RunAsync(cancellationToken);
        return way;
    }

    /// <summary>Times it from the change of the value, one at a time, at moments that no interval knows.</summary>
    public async Task<LongHistogram> WarnAsync(int times, CancellationToken cancellationToken)
    {
        var (histogram, random) = (FlowRecorder.NewHistogram(), new Random(1));
        for (var i = 0; i < times; i++)
        {
            await Task.Delay(TimeSpan.FromSeconds(random.NextDouble()), cancellationToken);
            var firing = _warnings.NextAsync("", fires: true);
            var began = Stopwatch.GetTimestamp();
            Volatile.Write(ref _value, 90);
            var told = await firing.WaitAsync(s_patience, cancellationToken);
            histogram.RecordValue((long)Stopwatch.GetElapsedTime(began, told).TotalMicroseconds);
            var over = _warnings.NextAsync("", fires: false);
            Volatile.Write(ref _value, 10);
            await over.WaitAsync(s_patience, cancellationToken);
        }

        return histogram;
    }

    public async ValueTask DisposeAsync()
    {
        _processes.ForEach(process => process.Dispose());
        if (_page is not null)
        {
            await _page.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private static string? Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(':')
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _page = builder.Build();
        _page.MapGet("/metrics", () => $"load_value {Volatile.Read(ref _value)}\n");
        _page.MapPost("/hook", async (HttpRequest request) =>
        {
            var arrived = Stopwatch.GetTimestamp();
            using var body = await JsonDocument.ParseAsync(request.Body);
            var fires = body.RootElement.GetProperty("status").GetString() == "firing";
            _warnings.Hear("", "", fires, "", arrived);
        });
        await _page.StartAsync(cancellationToken);
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        var (page, alerts, prometheus) = (new Uri(_page!.Urls.First()), FreePort.Take(), FreePort.Take());
        await WriteAsync(
            "alertmanager.yml",
            $$"""
            route: { receiver: load, group_wait: 0s, group_interval: 1s, repeat_interval: 1h }
            receivers: [{ name: load, webhook_configs: [{ url: "{{page}}hook", send_resolved: true }] }]
            """
        );
        await WriteAsync("rules.yml", "groups: [{ name: load, rules: [{ alert: Load, expr: load_value > 70 }] }]");
        await WriteAsync(
            "prometheus.yml",
            $$"""
            global: { scrape_interval: 1s, evaluation_interval: 1s }
            rule_files: [rules.yml]
            alerting: { alertmanagers: [{ static_configs: [{ targets: ["127.0.0.1:{{alerts}}"] }] }] }
            scrape_configs: [{ job_name: load, static_configs: [{ targets: ["{{page.Authority}}"] }] }]
            """
        );
        _processes.Add(
            new(
                Find("prometheus-alertmanager")!,
                [
                    $"--config.file={_folder}/alertmanager.yml",
                    $"--storage.path={_folder}/alerts",
                    $"--web.listen-address=127.0.0.1:{alerts}",
                    "--cluster.listen-address=",
                ]
            )
        );
        _processes.Add(
            new(
                Find("prometheus")!,
                [
                    $"--config.file={_folder}/prometheus.yml",
                    $"--storage.tsdb.path={_folder}/series",
                    $"--web.listen-address=127.0.0.1:{prometheus}",
                ]
            )
        );
        using var client = new HttpClient();
        await ReadyAsync(client, new($"http://127.0.0.1:{alerts}/-/ready"), cancellationToken);
        await ReadyAsync(client, new($"http://127.0.0.1:{prometheus}/-/ready"), cancellationToken);
    }

    private Task WriteAsync(string name, string text) => File.WriteAllTextAsync(Path.Combine(_folder, name), text + "\n");

    private async Task ReadyAsync(HttpClient client, Uri address, CancellationToken cancellationToken)
    {
        for (
            var clock = Stopwatch.StartNew();
            !await IsReadyAsync(client, address, cancellationToken);
            await Task.Delay(100, cancellationToken)
        )
        {
            if (clock.Elapsed > s_patience || _processes.Any(process => process.HasExited))
            {
                throw new InvalidOperationException($"{address} is not ready: {string.Join(' ', _processes.Select(one => one.LastError))}");
            }
        }
    }

    private static async Task<bool> IsReadyAsync(HttpClient client, Uri address, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await client.GetAsync(address, cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
