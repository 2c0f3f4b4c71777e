using System.CommandLine;
using EarlyWarning.Cli.Connection;
using EarlyWarning.Cli.Invocation;
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
        CommonOptions.Flag("--exact", "Exact contributions of indicators and nodes, and the nearest change that would lower the level.");

    public Option<string> Baseline { get; } =
        CommonOptions.Text(
            "--baseline",
            "what",
            $"With --exact, what contributions start from: {string.Join(" or ", s_baselines.Keys)}. Default: least-risk."
        );

    public Option<string> Values { get; } =
        CommonOptions.Text("--values", "file", "Explain the row of this CSV file, as `ew score` reads it, exactly.");

    public bool IsAsked(ParseResult parse) =>
        parse.GetValue(Flag) || parse.GetValue(Baseline) is not null || parse.GetValue(Values) is not null;

    public async Task<int> ExplainAsync(
        ParseResult parse,
        Argument<string> subject,
        Option<string> framework,
        Option<string> at,
        Option<string[]> after,
        Option[] others,
        CommandContext context,
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
            At = TimeOptions.Past(parse.GetValue(at), "--at", context.Terminal.Time),
            MinimumRevisions = { AfterOption.Read(parse, after) },
        };
        var code = parse.GetRequiredValue(subject);
        if (parse.GetValue(Values) is { } file)
        {
            request.AdHoc = new()
            {
                Unit = (await UnitsFile.ReadAsync(file, cancellation)).Find(unit => unit.Code == code)
                    ?? throw new CliException($"{file} has no row '{code}'."),
                Framework = FrameworkArgument.Of(
                    parse.GetValue(framework) is { } given && File.Exists(given)
                        ? given
                        : await CommonOptions.FrameworkAsync(parse, framework, context, cancellation)
                ),
            };
        }
        else
        {
            request.Name = NameCompletion.Risk(await CommonOptions.FrameworkAsync(parse, framework, context, cancellation), code);
        }

        var answer = await context.Suite.Scoring.ExplainScoreAsync(request, cancellationToken: cancellation);
        return context.Show(answer, explained =>
        {
            ExplanationText.Print(context.Print, explained.Explanation);
            if (explained is { RankedCount: > 0 and var ranked, Explanation.Score: { HasRank: true, Rank: var rank } })
            {
                context.Print.Line(new Cell(Computed.Rank(rank, ranked, explained.CatalogueRevision), Tone.Dim));
            }
        });
    }
}
