using System.Net;
using System.Net.Sockets;
using EarlyWarning.Cli.Tests.Infrastructure;
using EarlyWarning.V1;
using Grpc.Core;

namespace EarlyWarning.Cli.Tests;

public class FailureTests
{
    [Theory]
    [InlineData("'rankk' is not known here. See `ew --help`.", "rankk")]
    [InlineData("--limit: '0' is not a number above 0. See `ew rank --help`.", "rank", "--limit", "0")]
    [InlineData("See `ew show --help`.", "show")]
    [InlineData("'SDNX' is not a country code.", "show", "SDNX")]
    [InlineData("--at: 'soon' is not a time.", "rank", "--framework", "f", "--at", "soon")]
    [InlineData("--timeout: 'x' is not a span of time.", "info", "--timeout", "x")]
    [InlineData("--actor may have ASCII letters", "info", "--actor", "Amína")]
    [InlineData("is not an address", "info", "--endpoint", "ftp://x")]
    [InlineData("there is no file", "framework", "load", "--coefficients", "/nonexistent.csv", "--column", "c", "--id", "i")]
    public async Task Command_WronglyUsed_SaysSoInOneLineWithCode2(string expected, params string[] args)
    {
        var run = await Run.EwAsync(args);

        Assert.Equal(2, run.Code);
        Assert.StartsWith("ew: ", run.Error, StringComparison.Ordinal);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.Trim().Split('\n'));
        Assert.Empty(run.Out);
    }

    [Theory]
    [InlineData("status")]
    [InlineData("rank")]
    [InlineData("watch", "breaches")]
    public async Task Command_NobodyListens_EndsWith3AndSaysWhere(params string[] args)
    {
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var address = $"http://{closed.LocalEndpoint}";
        closed.Stop();

        var run = await Run.EwAsync([.. args, "--endpoint", address]);

        Assert.Equal(3, run.Code);
        Assert.StartsWith($"ew: cannot reach the suite at {address}: Connection refused", run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.Trim().Split('\n'));
    }

    [Theory]
    [InlineData(null, "EW_API_KEY is not set")]
    [InlineData("wrong", "The key in EW_API_KEY is not one that this suite knows")]
    public async Task Command_WithoutAKeyThatTheSuiteTakes_NamesTheVariable(string? key, string expected)
    {
        await using var suite = await FakeSuite.StartAsync();
        suite.Answers.On<GetServerInfoRequest>(_ =>
            throw new RpcException(new Status(StatusCode.Unauthenticated, "Who calls is not known."))
        );

        var run = await suite.EwAsync(key is null ? [] : new Dictionary<string, string> { ["EW_API_KEY"] = key }, "info");

        Assert.Equal(1, run.Code);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nobody", 1)]
    [InlineData("somebody", 0)]
    public async Task Inbox_Empty_IsAnErrorWhereTheDirectoryHasNoSuchRecipient(string id, int code)
    {
        await using var suite = await FakeSuite.StartAsync();
        suite.Answers.On<ListNotificationsRequest>(_ => new ListNotificationsResponse());
        suite.Answers.On<ListRecipientsRequest>(_ => new ListRecipientsResponse
        {
            Recipients = { new Recipient { Name = "recipients/somebody" } },
        });

        var run = await suite.EwAsync("inbox", id);

        Assert.Equal(code, run.Code);
        Assert.Equal(code == 1, run.Error.Contains("the directory has no recipients/nobody", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Command_SuiteSaysNothing_EndsWith3AfterTheTimeout()
    {
        // Accepts connections and never answers.
        using var mute = new TcpListener(IPAddress.Loopback, 0);
        mute.Start();

        var run = await Run.EwAsync("info", "--endpoint", $"http://{mute.LocalEndpoint}", "--timeout", "0.2s");

        Assert.Equal(3, run.Code);
        Assert.Contains("did not answer within 0.2 s", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_RefusedWithField_SaysWhatFieldAndReason()
    {
        await using var suite = await FakeSuite.StartAsync();
        suite.Answers.On<GetBreachRequest>(_ =>
            throw Refusal.Of(
                StatusCode.NotFound,
                "NOT_FOUND",
                "There is no 'breaches/x'. Check the name, or list what there is.",
                ("name", "There is no 'breaches/x'. Check the name, or list what there is.")
            )
        );

        var run = await suite.EwAsync("breach", "x");

        Assert.Equal(1, run.Code);
        Assert.Equal("ew: There is no 'breaches/x'. Check the name, or list what there is. (field name, NOT_FOUND)\n", run.Error);
    }

    [Fact]
    public async Task Command_RefusedWithSeveralFields_ListsEach()
    {
        await using var suite = await FakeSuite.StartAsync();
        suite.Answers.On<GetBreachRequest>(_ =>
            throw Refusal.Of(
                StatusCode.InvalidArgument,
                "INVALID_FRAMEWORK",
                "The framework has faults.",
                ("a.b", "is missing"),
                ("c", "is twice there")
            )
        );

        var run = await suite.EwAsync("breach", "x");

        Assert.Equal("ew: The framework has faults. (INVALID_FRAMEWORK)\n  a.b: is missing\n  c: is twice there\n", run.Error);
    }

    [Fact]
    public async Task Command_StoreIsAway_Is1AndNotUnreachable()
    {
        await using var suite = await FakeSuite.StartAsync();
        suite.Answers.On<GetBreachRequest>(_ =>
            throw Refusal.Of(StatusCode.Unavailable, "STORE_UNAVAILABLE", "The store does not answer.")
        );

        var run = await suite.EwAsync("breach", "x");

        Assert.Equal(1, run.Code);
        Assert.Equal("ew: The store does not answer. (STORE_UNAVAILABLE)\n", run.Error);
    }

    [Fact]
    public async Task Command_WithKeyAndActor_SendsBoth()
    {
        await using var suite = await FakeSuite.StartAsync();

        await suite.EwAsync(
            new Dictionary<string, string> { ["EW_API_KEY"] = "secret", ["EW_ACTOR"] = "from environment" },
            "info",
            "--actor",
            "Amina"
        );

        Assert.True(suite.Headers.TryDequeue(out var headers));
        Assert.Equal("Bearer secret", headers.GetValue("authorization"));
        Assert.Equal("Amina", headers.GetValue("ew-actor"));
    }
}
