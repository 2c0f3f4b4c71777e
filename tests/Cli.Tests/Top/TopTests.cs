using System.Threading.Channels;
using EarlyWarning.Cli.Tests.Infrastructure;
using EarlyWarning.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace EarlyWarning.Cli.Tests.Top;

/// <summary>The whole command before a terminal that a test types on and looks at.</summary>
public sealed partial class TopTests : IAsyncLifetime
{
    private readonly DrawnScreen _screen = new();
    private readonly StringWriter _errors = new();
    private readonly Channel<ConsoleKeyInfo> _keys = System.Threading.Channels.Channel.CreateUnbounded<ConsoleKeyInfo>();
    private readonly CancellationTokenSource _user = new();
    private (int, int) _size = (80, 24);
    private FakeSuite _suite = null!;
    private ChannelWriter<IMessage> _risks = null!;
    private ChannelWriter<IMessage> _cases = null!;

    public async ValueTask InitializeAsync()
    {
        _suite = await FakeSuite.StartAsync();
        _suite.Answers.On<GetFrameworkRequest>(_ => new GetFrameworkResponse
        {
            Framework = new() { Bands = { TopSamples.Levels.Select(level => new Band { Level = level }) } },
        });
        _suite.Answers.On<GetServerInfoRequest>(_ => new GetServerInfoResponse
        {
            ServerTime = TopSamples.Noon.ToTimestamp(),
            Exercise = true,
        });
        _suite.Answers.On<ListCasesRequest>(_ => new ListCasesResponse
        {
            Cases = { TopSamples.Open("XAB", TimeSpan.FromHours(2)) },
            ResumeToken = "list",
        });
        _risks = _suite.Watches.Live<WatchCountryRisksResponse>();
        _cases = _suite.Watches.Live<WatchCasesResponse>();
        _risks.TryWrite(Risks("r1", TopSamples.Xaa, TopSamples.Xab));
    }

    public async ValueTask DisposeAsync()
    {
        await _user.CancelAsync();
        await _suite.DisposeAsync();
        await _screen.DisposeAsync();
        await _errors.DisposeAsync();
        _user.Dispose();
    }

    [Fact]
    public async Task Top_RiskAndCaseChange_AreShownAndQLeavesTheTerminalAsItWas()
    {
        var top = Start();
        await SeesAsync("> 1  XAA", "RANKING  2 of 2 countries", "CASES  1 of 1 open", "EXERCISE", "live 2026-05-01 12:00:");

        _risks.TryWrite(Risks("r2", TopSamples.Risk("XAB", "Borland", 88, 2)));
        _cases.TryWrite(
            new WatchCasesResponse { Case = TopSamples.Open("XAA", TimeSpan.FromMinutes(30), sequence: 3), ResumeToken = "c2" }
        );

        await SeesAsync("> 1  XAB", "  2  XAA", "CASES  2 of 2 open", "29 min ");
        Type('q');
        Assert.Equal(0, await top);
        Assert.False(_screen.IsOther);
        Assert.Equal("", _errors.ToString());
    }

    [Fact]
    public async Task Top_WatchBreaks_SaysSinceWhenAndGoesOnWithItsToken()
    {
        var top = Start();
        await SeesAsync("> 1  XAA");
        var again = _suite.Watches.Live<WatchCountryRisksResponse>();

        _risks.Complete(Refusal.Lost());

        await SeesAsync("NOT LIVE: as of 2026-05-01 12:00:0");
        again.TryWrite(Risks("r9", TopSamples.Risk("XAA", "Arland", 12, 0)));
        await SeesAsync("  2  XAA", "live 2026-05-01");
        Assert.DoesNotContain("NOT LIVE", _screen.Text, StringComparison.Ordinal);
        Assert.Contains("r1", _suite.Watches.Tokens);
        Assert.Contains("list", _suite.Watches.Tokens);
        Type('q');
        await top;
    }

    [Fact]
    public async Task Top_ClockDoesNotAnswer_IsNotLive()
    {
        var top = Start();
        await SeesAsync("live 2026-05-01");

        _suite.Answers.On<GetServerInfoRequest>(_ => throw Refusal.Lost());

        await SeesAsync("NOT LIVE: as of 2026-05-01 12:00:0");
        Type('q');
        await top;
    }

    [Fact]
    public async Task Top_WatchIsRefused_EndsWith1AndLeavesTheTerminalAsItWas()
    {
        var top = Start();
        await SeesAsync("> 1  XAA");

        _risks.Complete(Refusal.Of(StatusCode.FailedPrecondition, "RETIRED", "The framework was retired."));

        Assert.Equal(1, await top);
        Assert.Equal("ew: The framework was retired. (RETIRED)\n", _errors.ToString());
        Assert.False(_screen.IsOther);
    }

    [Fact]
    public async Task Top_WindowGrows_IsDrawnAnewInItsSize()
    {
        var top = Start();
        await HasLinesAsync(24);

        _size = (120, 40);

        await HasLinesAsync(40);
        Type('q');
        await top;
    }

    [Fact]
    public async Task Top_CtrlC_EndsWell()
    {
        var top = Start();
        await SeesAsync("> 1  XAA");

        await _user.CancelAsync();

        Assert.Equal(0, await top);
        Assert.False(_screen.IsOther);
    }

    private Task<int> Start() =>
        Task.Run(() =>
            Ew.RunAsync(
                ["top", "--framework", "un", "--endpoint", _suite.Endpoint],
                TopSamples.On(_screen) with
                {
                    Error = _errors,
                    Keys = () => _keys.Reader,
                    Size = () => _size,
                },
                _user.Token
            )
        );

    private void Type(params char[] keys)
    {
        foreach (var key in keys)
        {
            var named = key switch
            {
                '\r' => ConsoleKey.Enter,
                '\t' => ConsoleKey.Tab,
                '\e' => ConsoleKey.Escape,
                _ => ConsoleKey.None,
            };
            _keys.Writer.TryWrite(new(key, named, shift: false, alt: false, control: false));
        }
    }

    private Task SeesAsync(params string[] parts) =>
        Eventually.HoldsAsync(
            () => _screen.Text is var text && parts.All(part => text.Contains(part, StringComparison.Ordinal)),
            string.Join(" and ", parts),
            20,
            () => $"\n{_screen.Text}\n{_errors}"
        );

    private Task HasLinesAsync(int lines) =>
        Eventually.HoldsAsync(() => _screen.Text.Split('\n').Length == lines, $"{lines} lines", 20, () => _screen.Text);

    private static WatchCountryRisksResponse Risks(string token, params CountryRisk[] risks) =>
        new() { Risks = { risks }, ResumeToken = token };
}
