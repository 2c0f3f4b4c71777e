using System.Text;
using EarlyWarning.Cli.Connection;
using EarlyWarning.Cli.Tests.Infrastructure;
using EarlyWarning.V1;
using Grpc.Core;

namespace EarlyWarning.Cli.Tests.Connection;

/// <summary><c>--token-command</c>: when the command is run, and what is told where it gives no token.</summary>
public sealed class TokenCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Command_WithATokenCommand_ShowsWhatItPrintsInsteadOfTheKey()
    {
        await using var suite = await FakeSuite.StartAsync();

        var run = await suite.EwAsync(
            new Dictionary<string, string> { ["EW_API_KEY"] = "ew_0", ["EW_TOKEN_COMMAND"] = Printing("a.b.c") },
            "info"
        );

        Assert.Equal(0, run.Code);
        Assert.True(suite.Headers.TryDequeue(out var headers));
        Assert.Equal("Bearer a.b.c", Assert.Single(headers, header => header.Key == "authorization").Value);
    }

    [Theory]
    [InlineData("exit 7", "ended with exit code 7")]
    [InlineData("true", "it printed nothing")]
    [InlineData("echo two words", "it printed something else")]
    public async Task Command_WhoseTokenCommandGivesNone_SaysSo(string command, string said)
    {
        await using var suite = await FakeSuite.StartAsync();

        var run = await suite.EwAsync("info", "--token-command", command);

        Assert.Equal(2, run.Code);
        Assert.StartsWith($"ew: --token-command '{command}'", run.Error, StringComparison.Ordinal);
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watch_ThatEndsWithItsToken_GoesOnWithAnother()
    {
        await using var suite = await FakeSuite.StartAsync();
        suite
            .Watches.Then(Refusal.Of(StatusCode.Unauthenticated, "UNAUTHENTICATED", "The call is over."), Change("breaches/one", "t1"))
            .Then(null, Change("breaches/two", "t2"));

        var run = await suite.EwAsync("watch", "breaches", "--count", "2", "--token-command", Printing(Token(DateTimeOffset.UtcNow)));

        Assert.Equal(0, run.Code);
        Assert.Equal(["", "t1"], suite.Watches.Tokens);
        Assert.Equal(2, Runs);
    }

    [Fact]
    public async Task Token_IsKeptUntilItIsAboutToExpire()
    {
        using var lasting = new TokenCommand(Printing(Token(DateTimeOffset.UtcNow.AddMinutes(5))), TimeProvider.System);
        await lasting.GetAsync(Cancel);
        await lasting.GetAsync(Cancel);
        Assert.Equal(1, Runs);
        using var ending = new TokenCommand(Printing(Token(DateTimeOffset.UtcNow.AddSeconds(20))), TimeProvider.System);

        await ending.GetAsync(Cancel);
        await ending.GetAsync(Cancel);

        Assert.Equal(3, Runs);
    }

    [Fact]
    public async Task Token_ThatIsRefused_IsMadeAnewUnlessItWasMadeAMomentAgo()
    {
        var time = new MovedTime(TimeProvider.System);
        using var tokens = new TokenCommand(Printing("opaque"), time);
        await tokens.GetAsync(Cancel);

        Assert.False(await tokens.ForgetAsync(Cancel));
        time.Passed = TimeSpan.FromSeconds(11);
        Assert.True(await tokens.ForgetAsync(Cancel));
        await tokens.GetAsync(Cancel);

        Assert.Equal(2, Runs);
    }

    private int Runs => File.ReadAllLines(_folder.In("runs")).Length;

    private static string Token(DateTimeOffset ends) =>
        $"e30.{System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes($$"""{ "exp": {{ends.ToUnixTimeSeconds()}} }"""))}.c2ln";

    private static WatchBreachesResponse Change(string breach, string token) =>
        new()
        {
            Breach = new() { Name = breach },
            ResumeToken = token,
        };

    private string Printing(string token) => $"echo run >> {_folder.In("runs")}; echo {token}";
}
