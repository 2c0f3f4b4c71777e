using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text;
using EarlyWarning.EndToEnd.Tests.Infrastructure;
using EarlyWarning.V1;
using Grpc.Core;

namespace EarlyWarning.EndToEnd.Tests.Access;

/// <summary>Keys come and go beside a running suite, by the command that its operators use.</summary>
public sealed class KeyTests : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SuiteProcess _suite;

    public KeyTests() => _suite = SuiteProcess.In(_folder.Path);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _suite.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Keys_OfARunningSuite_AreInForceAsTheyAreChanged_AndAfterARestart()
    {
        Assert.True(await _suite.StartAsync(), _suite.Output);
        await CallAsync(key: null);
        using var without = await WatchAsync(key: null);

        // The first key closes it, for the board too, which goes on with the suite's own.
        var first = (await KeysAsync("add", "operator", "--role", "operator")).Trim();
        await EndsAsync(without);
        await RefusedAsync(key: null);
        await CallAsync(first);
        Assert.Equal(HttpStatusCode.Unauthorized, await PageAsync(key: null));
        Assert.Equal(HttpStatusCode.OK, await PageAsync(first));

        // Rotation: both go on until the old one is removed, and what is open under it ends then.
        using var watch = await WatchAsync(first);
        using var socket = await SocketAsync(first);
        var second = (await KeysAsync("add", "operator")).Trim();
        await Eventually.HoldsAsync(() => TryAsync(second), "the second key is taken");
        await CallAsync(first);
        var older = Ids(await KeysAsync("list"))[0];
        Assert.Contains($"--key {older}", await KeysAsync(1, "add", "operator"), StringComparison.Ordinal);
        await KeysAsync("remove", "operator", "--key", older);
        await EndsAsync(watch);
        await EndsAsync(socket);
        await RefusedAsync(first);
        await CallAsync(second);

        // A role taken away ends what is open under it, and its refusal says which one it takes.
        await KeysAsync("grant", "operator", "--role", "reviewer");
        await KeysAsync("revoke", "operator", "--role", "operator");
        await KeysAsync("grant", "operator", "--role", "operator", "--countries", "KEN");
        await Eventually.HoldsAsync(
            async () => await TryStatusAsync(second) == StatusCode.PermissionDenied,
            "the status is refused to a bound operator"
        );
        await KeysAsync("grant", "operator", "--role", "operator");
        await Eventually.HoldsAsync(async () => await TryStatusAsync(second) == StatusCode.OK, "the status is given again");
        using (var open = await WatchAsync(second))
        {
            await KeysAsync("grant", "operator", "--role", "partner");
            await EndsAsync(open);
        }

        var brief = (
            await KeysAsync(
                "add",
                "brief",
                "--role",
                "reviewer",
                "--expires",
                DateTimeOffset.UtcNow.AddSeconds(6).ToString("O", CultureInfo.InvariantCulture)
            )
        ).Trim();
        await Eventually.HoldsAsync(() => TryAsync(brief), "the brief key is taken");
        await Eventually.HoldsAsync(async () => !await TryAsync(brief), "the brief key has expired");
        Assert.Matches("brief .*EXPIRED", await KeysAsync("list"));

        // Damaged, the last good one holds and the status fails; gone, nobody is let in.
        var file = _folder.In("keys.json");
        var good = await File.ReadAllTextAsync(file, Cancel);
        await File.WriteAllTextAsync(file, "[{", Cancel);
        await Eventually.HoldsAsync(async () => (await LineAsync(second)).Health == Health.Failing, "the status fails");
        File.Delete(file);
        await RefusedAsync(second);
        await File.WriteAllTextAsync(file, good, Cancel);
        await Eventually.HoldsAsync(() => TryAsync(second), "the key is taken again");
        Assert.Equal(Health.Ok, (await LineAsync(second)).Health);

        Assert.Equal(0, await _suite.StopAsync());
        Assert.Matches($"operator .*{DateTime.UtcNow:yyyy-MM}-.*{DateTime.UtcNow:yyyy-MM}-.*Z +reviewer; ", await KeysAsync("list"));
        Assert.True(await _suite.StartAsync(), _suite.Output);
        await RefusedAsync(first);
        await RefusedAsync(key: null);
        await CallAsync(second);
    }

    private static List<string> Ids(string table) =>
        [
            .. table
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Skip(1)
                .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]),
        ];

    private static Metadata With(string? key) => key is null ? [] : new() { { "authorization", $"Bearer {key}" } };

    private static async Task EndsAsync(AsyncServerStreamingCall<WatchBreachesResponse> watch)
    {
        var error = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            while (await watch.ResponseStream.MoveNext(Cancel)) { }
        });
        Assert.Equal(StatusCode.Unauthenticated, error.StatusCode);
    }

    private static async Task EndsAsync(ClientWebSocket socket)
    {
        var buffer = new byte[64 << 10];
        await Assert.ThrowsAsync<WebSocketException>(async () =>
        {
            while ((await socket.ReceiveAsync(buffer, Cancel)).MessageType != WebSocketMessageType.Close) { }
        });
    }

    private Task<string> KeysAsync(params string[] arguments) => KeysAsync(0, arguments);

    private async Task<string> KeysAsync(int code, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(SuiteProcess.HostExecutable, ["keys", .. arguments, "--data", _folder.Path])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(Cancel), process.StandardError.ReadToEndAsync(Cancel));
        await process.WaitForExitAsync(Cancel);
        Assert.Equal((code, ""), (process.ExitCode, code == 0 ? "" : await output));
        return code == 0 ? await output : await error;
    }

    private async Task CallAsync(string? key) =>
        await new BreachService.BreachServiceClient(_suite.Channel).ListBreachesAsync(new(), With(key), cancellationToken: Cancel);

    private async Task<bool> TryAsync(string? key)
    {
        try
        {
            await CallAsync(key);
            return true;
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.Unauthenticated)
        {
            return false;
        }
    }

    private async Task<StatusCode> TryStatusAsync(string key)
    {
        try
        {
            await LineAsync(key);
            return StatusCode.OK;
        }
        catch (RpcException exception)
        {
            return exception.StatusCode;
        }
    }

    private Task RefusedAsync(string? key) => Eventually.HoldsAsync(async () => !await TryAsync(key), "the call is refused", 10);

    private async Task<AsyncServerStreamingCall<WatchBreachesResponse>> WatchAsync(string? key)
    {
        var watch = new BreachService.BreachServiceClient(_suite.Channel).WatchBreaches(new(), With(key), cancellationToken: Cancel);
        await watch.ResponseHeadersAsync;
        return watch;
    }

    private async Task<ClientWebSocket> SocketAsync(string key)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"anybody:{key}"))}");
        await socket.ConnectAsync(new($"ws://127.0.0.1:{_suite.HttpPort}/_blazor"), Cancel);
        await socket.SendAsync("{\"protocol\":\"blazorpack\",\"version\":1}\u001e"u8.ToArray(), WebSocketMessageType.Text, true, Cancel);
        await socket.ReceiveAsync(new byte[64 << 10], Cancel);
        return socket;
    }

    private async Task<HttpStatusCode> PageAsync(string? key)
    {
        using var http = new HttpClient { BaseAddress = _suite.Http };
        http.DefaultRequestHeaders.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        using var page = await http.GetAsync(new Uri("/", UriKind.Relative), Cancel);
        return page.StatusCode;
    }

    private async Task<StatusLine> LineAsync(string key)
    {
        var status = await new ServerService.ServerServiceClient(_suite.Channel).GetStatusAsync(
            new(),
            With(key),
            cancellationToken: Cancel
        );
        return status.Lines.Single(line => line.Subject == "keys");
    }
}
