using System.CommandLine;
using System.Globalization;
using EarlyWarning.Cli.Invocation;
using EarlyWarning.Cli.Output;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Scoring;

/// <summary>The options that say what a simulation draws.</summary>
internal sealed class UncertaintyOptions
{
    private readonly Option<bool> _withoutErrors = CommonOptions.Flag(
        "--without-observation-errors",
        "Leave the observations' standard errors out."
    );
    private readonly Option<bool> _withoutMissing = CommonOptions.Flag(
        "--without-missing-data",
        "Leave missing values as the framework's policy has them, instead of drawing them."
    );
    private readonly Option<string> _weightNoise = CommonOptions.Text(
        "--weight-noise",
        "share",
        "Multiply each weight by an even draw of 1 less to 1 plus this, 0 to 1. Default: 0."
    );

    private readonly Option<string[]> _methods = new("--method")
    {
        Description = "Another choice that draws may take, such as aggregation=geometric. May be repeated.",
        HelpName = "choice",
    };

    private readonly Option<string> _seed = CommonOptions.Text(
        "--seed",
        "n",
        "The seed of the draws. Default: made of framework version, countries and positions."
    );

    public void AddTo(EwCommand command)
    {
        foreach (var option in new Option[] { _withoutErrors, _withoutMissing, _weightNoise, _methods, _seed })
        {
            command.Add(option);
        }
    }

    public Uncertainties Read(ParseResult parse) =>
        new()
        {
            WithoutObservationErrors = parse.GetValue(_withoutErrors),
            WithoutMissingData = parse.GetValue(_withoutMissing),
            WeightNoise = parse.GetValue(_weightNoise) is { } noise ? CommonOptions.Figure(noise, "--weight-noise") : 0,
            Methods = { (parse.GetValue(_methods) ?? []).Select(text => MethodChoiceText.Parse("--method", text)) },
        };

    public ulong Seed(ParseResult parse) => SeedOf(parse.GetValue(_seed));

    public static ulong SeedOf(string? text) =>
        text is null ? 0
        : ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seed) ? seed
        : throw new CliException($"--seed: '{text}' is not a whole number from 0.");
}
