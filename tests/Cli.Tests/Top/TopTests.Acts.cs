using EarlyWarning.Cli.Tests.Infrastructure;
using EarlyWarning.V1;
using Grpc.Core;

namespace EarlyWarning.Cli.Tests.Top;

/// <content>What keys do beside the suite, and what is printed where nobody types.</content>
public sealed partial class TopTests
{
    [Fact]
    public async Task Top_Acknowledge_CoversTheOpenCausesThatWereOnTheScreen()
    {
        _suite.Answers.On<ListRecipientsRequest>(_ => new ListRecipientsResponse
        {
            Recipients =
            {
                new Recipient { Name = "recipients/ro", Role = Role.RegionalOrganisation },
                new Recipient { Name = "recipients/fp", Role = Role.FocalPoint },
            },
        });
        _suite.Answers.On<AcknowledgeCaseRequest>(_ =>
            throw Refusal.Of(StatusCode.PermissionDenied, "PERMISSION_DENIED", "That takes the role operator.")
        );
        var top = Start();
        await SeesAsync("CASES  1 of 1 open");
        Type('\t', 'a');
        await SeesAsync("Acknowledge cases/XAB-1 as: recipients/fp_");
        Type('\r', 'O', 'n', ' ', 'i', 't', '\r');

        // A refusal is said, and what was typed is kept.
        await SeesAsync("That takes the role operator. (PERMISSION_DENIED)");
        _suite.Answers.On<AcknowledgeCaseRequest>(_ => new AcknowledgeCaseResponse
        {
            Case = TopSamples.Open("XAB", TimeSpan.FromHours(2), Case.Types.State.AwaitingDecision, sequence: 2),
        });
        Type('.', '\r');
        await SeesAsync("cases/XAB-1: acknowledged.", "to decide");

        var sent = _suite.Answers.Requests<AcknowledgeCaseRequest>()[^1];
        Assert.Equal(
            ("cases/XAB-1", "recipients/fp", "On it.", "e1", "un/index"),
            (sent.Name, sent.Recipient, sent.Note, sent.Etag, Assert.Single(sent.Causes))
        );
        Type('q');
        await top;
    }

    [Fact]
    public async Task Top_Enter_ShowsTheExplanationAndEscGoesBack()
    {
        _suite.Answers.On<ExplainCountryRiskRequest>(request => new ExplainCountryRiskResponse
        {
            Risk = TopSamples.Xaa,
            Sentence = $"Because of {request.Name}.",
        });
        var top = Start();
        await SeesAsync("> 1  XAA");
        Type('\r');
        await SeesAsync("XAA: what the score is made of", "Because of frameworks/un/risks/XAA.");
        Type('\e');
        await SeesAsync("> 1  XAA");
        Type('q');
        Assert.Equal(0, await top);
    }

    [Fact]
    public async Task Top_OutputIsNoTerminal_PrintsOnceAndEnds()
    {
        var run = await _suite.EwAsync("top", "--framework", "un");

        Assert.Equal(0, run.Code);
        Assert.Contains("RANKING  2 of 2 countries", run.Lines);
        Assert.Contains("CASES  1 of 1 open", run.Lines);
        Assert.DoesNotContain('\e', run.Out);
    }

    [Fact]
    public async Task Top_Json_PrintsRisksThenCases()
    {
        var run = await _suite.EwAsync("top", "--framework", "un", "--json");

        Assert.Equal(["XAA", "XAB"], run.Lines[..2].Select(line => CountryRisk.Parser.ParseJson(line).Country));
        Assert.Equal("cases/XAB-1", Case.Parser.ParseJson(Assert.Single(run.Lines[2..])).Name);
    }

    [Fact]
    public async Task Top_DumbTerminal_SaysWhatItNeeds()
    {
        var code = await Ew.RunAsync(
            ["top", "--framework", "un", "--endpoint", _suite.Endpoint],
            TopSamples.On(_screen, ("TERM", "dumb")) with
            {
                Error = _errors,
                Keys = () => _keys.Reader,
            }
        );

        Assert.Equal(2, code);
        Assert.Contains("cannot move its cursor (TERM is dumb)", _errors.ToString(), StringComparison.Ordinal);
    }
}
