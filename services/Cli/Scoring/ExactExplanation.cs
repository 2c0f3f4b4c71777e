using System.CommandLine;
using EarlyWarning.Cli.Commands;
using EarlyWarning.Cli.Connection;
using EarlyWarning.Cli.Output;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Scoring;

/// <summary>The part of <c>ew explain</c> that asks for exact contributions.</summary>
internal sealed class ExactExplanation
{
    private static readonly Dictionary<string, Baseline> s_baselines = new()
    {
        ["least-risk"] = V1.Baseline.LeastRisk,
        ["reference-mean"] = V1.Baseline.ReferenceMean,
    };

    public ExactExplanation() => Baseline.AcceptOnlyFromAmong([.. s_baselines.Keys]);

    public Option<bool> Flag { get; } =
        Shared.Flag("--exact", "Exact contributions of indicators and nodes, and the nearest change that would lower the level.");

    public Option<string> Baseline { get; } =
        Shared.Text(
            "--baseline",
            "what",
            $"With --exact, what contributions start from: {string.Join(" or ", s_baselines.Keys)}. Default: least-risk."
        );

    public Option<string> Values { get; } =
        Shared.Text("--values", "file", "Explain the row of this CSV file, as `ew score` reads it, exactly.");

    public bool IsAsked(ParseResult parse) =>
        parse.GetValue(Flag) || parse.GetValue(Baseline) is not null || parse.GetValue(Values) is not null;

    public async Task<int> ExplainAsync(
        ParseResult parse,
        Argument<string> subject,
        Option<string> framework,
        Option<string> at,
        Option<string[]> after,
        Option[] others,
        Session session,
        CancellationToken cancellation
    )
    {
        if (others.FirstOrDefault(option => parse.GetResult(option) is { Implicit: false }) is { } other)
        {
            throw new CliException($"{other.Name} is not known with --exact.");
        }

        var request = new ExplainScoreRequest
        {
            Baseline = parse.GetValue(Baseline) is { } baseline ? s_baselines[baseline] : default,
            At = Moments.Past(parse.GetValue(at), "--at", session.Terminal.Time),
            MinimumRevisions = { After.Read(parse, after) },
        };
        var code = parse.GetRequiredValue(subject);
        if (parse.GetValue(Values) is { } file)
        {
            request.AdHoc = new()
            {
                Unit = (await UnitsFile.ReadAsync(file, cancellation)).Find(unit => unit.Code == code)
                    ?? throw new CliException($"{file} has no row '{code}'."),
                Framework = FrameworkChoices.Of(
                    parse.GetValue(framework) is { } given && File.Exists(given)
                        ? given
                        : await Shared.FrameworkAsync(parse, framework, session, cancellation)
                ),
            };
        }
        else
        {
            request.Name = Names.Risk(await Shared.FrameworkAsync(parse, framework, session, cancellation), code);
        }

        var answer = await session.Suite.Scoring.ExplainScoreAsync(request, cancellationToken: cancellation);
        return session.Show(answer, explained =>
        {
            Parts.Print(session.Print, explained.Explanation);
            if (explained is { RankedCount: > 0 and var ranked, Explanation.Score: { HasRank: true, Rank: var rank } })
            {
                session.Print.Line(new Cell(Computed.Rank(rank, ranked, explained.CatalogueRevision), Tone.Dim));
            }
        });
    }
}
