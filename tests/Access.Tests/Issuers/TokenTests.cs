using EarlyWarning.Access.Issuers;
using EarlyWarning.Access.Tests.Infrastructure;
using EarlyWarning.TestKit;
using Grpc.Core;
using Microsoft.Extensions.Time.Testing;

namespace EarlyWarning.Access.Tests.Issuers;

/// <summary>Which tokens are good, who their bearers are, and what is said of the others.</summary>
public sealed class TokenTests(TokenTests.Two issuers) : IClassFixture<TokenTests.Two>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Name_OfOneCalledAlikeAtTwoIssuers_IsTwoNames()
    {
        issuers.First.Claims["preferred_username"] = issuers.Second.Claims["preferred_username"] = "amina";

        var first = await GoodAsync(await issuers.First.TokenAsync());
        var second = await GoodAsync(await issuers.Second.TokenAsync());

        Assert.Equal($"amina@{new Uri(issuers.First.Url).Authority}", first.Name);
        Assert.Equal("amina@second", second.Name);
    }

    [Fact]
    public async Task Name_OfOneWithoutAPreferredOne_IsTheSubject()
    {
        var caller = await GoodAsync(Forged.Token(issuers.First, payload => payload.Remove("preferred_username")));

        Assert.StartsWith("7f3a@", caller.Name, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("suite")]
    [InlineData(" S uite")]
    [InlineData("a\u202Eb")]
    [InlineData("line\nbreak")]
    public async Task Name_ThatCannotGoOnRecord_IsRefused(string name) =>
        Assert.Contains(
            "preferred_username",
            await RefusedAsync(Forged.Token(issuers.First, payload => payload["preferred_username"] = name)),
            StringComparison.Ordinal
        );

    [Fact]
    public async Task Token_ForAnotherAudience_IsRefusedWithBoth()
    {
        var said = await RefusedAsync(Forged.Token(issuers.First, payload => payload["aud"] = "payroll"));

        Assert.Contains("is for 'payroll', and this suite takes tokens for 'early-warning'", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_OfAnIssuerThatIsNotNamed_IsRefused() =>
        Assert.Contains(
            "does not know",
            await RefusedAsync(Forged.Token(issuers.First, payload => payload["iss"] = "https://elsewhere.example")),
            StringComparison.Ordinal
        );

    [Fact]
    public async Task Token_ThatOneIssuerSignsAsAnother_IsRefusedUnderEitherKeyId()
    {
        var own = Forged.Token(issuers.First, key: issuers.Second.Key);
        var foreign = Forged.Token(issuers.First, key: issuers.Second.Key, keyId: issuers.First.Key.KeyId);

        Assert.Contains("does not publish", await RefusedAsync(own), StringComparison.Ordinal);
        Assert.Contains("signature", await RefusedAsync(foreign), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("HS256")]
    public async Task Token_SignedByNothingOrByThePublicKey_IsRefused(string algorithm) =>
        Assert.Contains("signed", await RefusedAsync(Forged.Token(issuers.First, algorithm: algorithm)), StringComparison.Ordinal);

    [Fact]
    public async Task Token_SignedByAnAlgorithmThatIsNotNamedForItsIssuer_IsRefused() =>
        Assert.Contains(
            "signed by 'RS384'; tokens of",
            await RefusedAsync(Forged.Token(issuers.Second, algorithm: "RS384")),
            StringComparison.Ordinal
        );

    [Fact]
    public async Task Token_ThatWasChanged_IsRefused()
    {
        var parts = Forged.Token(issuers.First).Split('.');
        var other = Forged.Token(issuers.First, payload => payload["sub"] = "somebody-else").Split('.');

        Assert.Contains("signature", await RefusedAsync($"{parts[0]}.{other[1]}.{parts[2]}"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-59, true)]
    [InlineData(-61, false)]
    public async Task Token_ThatExpired_IsTakenForAMinuteMore(int seconds, bool taken)
    {
        var token = Forged.Token(issuers.First, payload => payload["exp"] = issuers.Time.GetUtcNow().ToUnixTimeSeconds() + seconds);

        Assert.Equal(taken, (await issuers.Check.CheckAsync(token, Cancel)).Caller is not null);
        if (!taken)
        {
            Assert.Matches("has expired at .* UTC; by the suite's clock it is .* UTC", await RefusedAsync(token));
        }
    }

    [Theory]
    [InlineData(59, true)]
    [InlineData(62, false)]
    public async Task Token_ThatIsNotGoodYet_IsTakenAMinuteBeforeAndOtherwiseToldBothTimes(int seconds, bool taken)
    {
        var token = Forged.Token(issuers.First, payload => payload["nbf"] = issuers.Time.GetUtcNow().ToUnixTimeSeconds() + seconds);

        Assert.Equal(taken, (await issuers.Check.CheckAsync(token, Cancel)).Caller is not null);
        if (!taken)
        {
            Assert.Matches("not good before .* UTC, and by the suite's clock it is .* UTC", await RefusedAsync(token));
        }
    }

    [Fact]
    public async Task Token_WithoutAnEnd_IsRefused() =>
        Assert.Contains(
            "never expires",
            await RefusedAsync(Forged.Token(issuers.First, payload => payload.Remove("exp"))),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData(null)]
    [InlineData("soon")]
    public async Task Token_WithAnEndThatIsNone_IsRefused(string? end) =>
        await RefusedAsync(Forged.Token(issuers.First, payload => payload["exp"] = end));

    [Fact]
    public async Task Token_GoodUntilTheEndOfTheCalendar_IsTaken() =>
        Assert.Equal(9999, (await GoodAsync(Forged.Token(issuers.First, payload => payload["exp"] = 4_000_000_000_000L))).Ends.Year);

    [Theory]
    [InlineData("amina")]
    [InlineData("a.b")]
    [InlineData("a.b.c")]
    [InlineData("..")]
    [InlineData("a.b.c.d.e")]
    public async Task Token_ThatIsNone_IsRefused(string sent) =>
        Assert.Contains("nor a signed token", await RefusedAsync(sent), StringComparison.Ordinal);

    private async Task<TokenCaller> GoodAsync(string token)
    {
        var (caller, refusal) = await issuers.Check.CheckAsync(token, Cancel);
        Assert.True(caller is not null, $"{refusal?.Status.Detail} {string.Join(' ', issuers.File.Issuers)}");
        return caller;
    }

    private async Task<string> RefusedAsync(string token)
    {
        var (caller, refusal) = await issuers.Check.CheckAsync(token, Cancel);
        Assert.Null(caller);
        Assert.Equal(StatusCode.Unauthenticated, refusal!.StatusCode);
        return refusal.Status.Detail;
    }

    /// <summary>Two issuers that a file names, the second under a name of its own and by one algorithm.</summary>
    public sealed class Two : IAsyncLifetime
    {
        private readonly TemporaryFolder _folder = new();

        public TestIssuer First { get; } = new();

        public TestIssuer Second { get; } = new(key: 1);

        /// <summary>Gets the clock of the check, which stands, so that a minute is exact on a machine under load.</summary>
        public FakeTimeProvider Time { get; } = new(DateTimeOffset.UtcNow);

        internal AccessFile File { get; private set; } = null!;

        internal TokenCheck Check { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            await First.StartAsync();
            await Second.StartAsync();
            var file = _folder.Write(
                "access.yaml",
                $"""
                issuers:
                  - issuer: {First.Url}
                    audience: early-warning
                  - issuer: {Second.Url}
                    audience: early-warning
                    known-as: second
                    algorithms: [RS256]
                """
            );
            File = new(file, Time);
            Check = new(File, Time);
        }

        public async ValueTask DisposeAsync()
        {
            await First.DisposeAsync();
            await Second.DisposeAsync();
            _folder.Dispose();
        }
    }
}
