using System.CommandLine;
using System.Globalization;
using EarlyWarning.Cli.Connection;
using EarlyWarning.Cli.Invocation;
using EarlyWarning.Cli.Output;
using EarlyWarning.V1;
using Google.Protobuf.WellKnownTypes;
using Duration = Google.Protobuf.WellKnownTypes.Duration;
using Option = System.CommandLine.Option;

namespace EarlyWarning.Cli.Scoring;

/// <summary>The options that say which part of the suite's own history is looked at.</summary>
internal sealed class PeriodOptions
{
    private readonly Option<string> _from = CommonOptions.Text(
        "--from",
        "time",
        "The first moment of the suite's history, such as 1980 (its 31 December) or 2021-06-30."
    );
    private readonly Option<string> _until = CommonOptions.Text("--until", "time", "The last moment.");
    private readonly Option<int> _step = CommonOptions.Number("--step", "Months between moments, 1 to 120. Default: 12.");
    private readonly Option<bool> _hindsight = CommonOptions.Flag(
        "--with-hindsight",
        "Take what is known today of each moment, instead of what was known at it."
    );
    private readonly Option<string> _countries = CommonOptions.CountryList();

    public IEnumerable<Option> All => [_from, _until, _step, _hindsight, _countries];

    public bool IsGiven(ParseResult parse) => All.Any(option => parse.GetResult(option) is { Implicit: false });

    public HistoryWindow Read(ParseResult parse, TimeProvider time) =>
        new()
        {
            From = Moment(parse.GetValue(_from) ?? throw new CliException("the suite's history needs --from and --until."), "--from", time),
            Until = Moment(
                parse.GetValue(_until) ?? throw new CliException("the suite's history needs --from and --until."),
                "--until",
                time
            ),
            StepMonths = parse.GetValue(_step),
            WithHindsight = parse.GetValue(_hindsight),
            Countries = { CommonOptions.Countries(parse.GetValue(_countries)) },
        };

    /// <summary>A time; a year stands for its 31 December, as in an import.</summary>
    public static Timestamp Moment(string text, string option, TimeProvider time) =>
        text.Length == 4 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year > 0
            ? Timestamp.FromDateTimeOffset(new DateTimeOffset(year, 12, 31, 0, 0, 0, TimeSpan.Zero))
            : TimeOptions.Past(text, option, time)!;

    public static Duration? Span(string? text, string option) =>
        text is null ? null : Duration.FromTimeSpan(TimeOptions.Span(text, option));
}
