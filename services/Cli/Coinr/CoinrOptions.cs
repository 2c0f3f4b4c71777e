using System.CommandLine;
using EarlyWarning.Cli.Coinr.Methods;
using EarlyWarning.Cli.Invocation;

namespace EarlyWarning.Cli.Coinr;

/// <summary>The options by which COINr's files and methods become a framework.</summary>
internal sealed class CoinrOptions
{
    public Option<string> IData { get; } =
        Needed("--idata", "file", "COINr's iData.csv: a row a unit; columns uCode, uName, Time, and those that iMeta names.");

    public Option<string> IMeta { get; } =
        Needed("--imeta", "file", "COINr's iMeta.csv: Level, iCode, iName, Direction, Weight, Unit, Target, Denominator, Parent, Type.");

    public Option<int> Year { get; } =
        CommonOptions.Number(
            "--year",
            "Build the index on the rows of this Time; or, without a Time column, the year that the data is of."
        );

    public Option<string> Prefix { get; } =
        CommonOptions.Text("--prefix", "text", "Put before the codes of indicators, such as asem., where another set has the same ones.");

    public Option<bool> Denominate { get; } = CommonOptions.Flag("--denominate", "Divide by the column that Denominator names.");

    public Option<string> Impute { get; } = CommonOptions.Text("--impute", "method", $"One of {ImputeMethod.Known}. Default: none.");

    public Option<string> Group { get; } = CommonOptions.Text("--group", "column", "The grouping for imputation by group.");

    public Option<string> Screen { get; } =
        CommonOptions.Text(
            "--screen",
            "shares",
            "Leave out units with a smaller share of data, and of non-zero values, such as 0.66:0.05."
        );

    public Option<string> Treat { get; } =
        new("--treat")
        {
            Description = $"How outliers are treated: {TreatMethod.Known}. Default: none; --treat alone: default.",
            HelpName = "method",
            Arity = ArgumentArity.ZeroOrOne,
        };

    public Option<string> TreatTest { get; } =
        CommonOptions.Text("--treat-test", "limits", "Skewness and excess kurtosis beyond which an indicator is treated. Default: 2:3.5.");

    public Option<bool> Combine { get; } = CommonOptions.Flag("--combine-treatments", "Build the second treatment on the first.");

    public Option<string[]> TreatIndicator { get; } =
        Each("--treat-indicator", "CODE=method", "Treat this indicator otherwise. May be repeated.");

    public Option<string> Normalise { get; } =
        CommonOptions.Text("--normalise", "method", $"One of {NormaliseMethod.Known}. Default: " + $"min-max.");

    public Option<string> Range { get; } =
        CommonOptions.Text("--range", "low:high", "What min-max makes of the least and the greatest value. Default: 0:100.");

    public Option<string> ReferenceUnit { get; } =
        CommonOptions.Text("--reference-unit", "uCode", "The unit that distance-to-reference measures to.");

    public Option<string[]> NormaliseIndicator { get; } =
        Each("--normalise-indicator", "CODE=method", "Normalise this indicator otherwise. May be repeated.");

    public Option<string> Aggregate { get; } =
        CommonOptions.Text(
            "--aggregate",
            "methods",
            $"One of {LevelMethods.KnownAggregations}; or one for each level from the lowest up, with commas. Default: arithmetic."
        );

    public Option<string> Weights { get; } =
        CommonOptions.Text(
            "--weights",
            "methods",
            $"One of {LevelMethods.KnownWeightings}; or one for each level, with commas. Default: given, by iMeta."
        );

    public Option<string> DatThresh { get; } =
        CommonOptions.Text(
            "--dat-thresh",
            "shares",
            "The least share of an aggregate's parts that must have data; one, or one for each " + "level."
        );

    public Option<string> Bands { get; } =
        CommonOptions.Text("--bands", "levels", "The risk levels, such as low=0,high=60. Default: quarters of the scale.");

    public Option<string> Validity { get; } =
        CommonOptions.Text("--validity", "span", "How long a value counts after it was observed, such as 400d. Default: without end.");

    public IEnumerable<Option> All =>
        [
            IData,
            IMeta,
            Year,
            Prefix,
            Denominate,
            Impute,
            Group,
            Screen,
            Treat,
            TreatTest,
            Combine,
            TreatIndicator,
            Normalise,
            Range,
            ReferenceUnit,
            NormaliseIndicator,
            Aggregate,
            Weights,
            DatThresh,
            Bands,
            Validity,
        ];

    private static Option<string> Needed(string name, string helpName, string description)
    {
        var option = CommonOptions.Text(name, helpName, description);
        option.Required = true;
        return option;
    }

    private static Option<string[]> Each(string name, string helpName, string description) =>
        new(name)
        {
            Description = description,
            HelpName = helpName,
            AllowMultipleArgumentsPerToken = false,
        };
}
