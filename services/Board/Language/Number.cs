using System.Globalization;
using EarlyWarning.V1;
using Google.Protobuf.WellKnownTypes;
using static EarlyWarning.Board.Language.Words;

namespace EarlyWarning.Board.Language;

/// <summary>How figures and times are written: without more digits than they deserve, never in an order that may be misread.</summary>
internal static class Number
{
    private static CultureInfo Plain => CultureInfo.InvariantCulture;

    private static CultureInfo Format => Locale.Current.Format;

    /// <summary>A count, with thin groups of thousands.</summary>
    public static string Whole(int count) => count.ToString("#,0", Plain).Replace(',', '\u202f');

    /// <summary>A count as an address has it; <see langword="null"/> where it has none, or what is none.</summary>
    public static int? Read(string? text) => int.TryParse(text, NumberStyles.None, Plain, out var count) ? count : null;

    /// <summary>A share in percent.</summary>
    public static string Percent(double share) => string.Create(Plain, $"{share * 100:0}\u202f%");

    /// <summary>
    /// A score without its scale: a whole number of a hundred, or a probability in percent. Rounded as it is in the suite's sentences.
    /// </summary>
    public static string Score(double score, Framework framework) =>
        IsProbability(framework) ? string.Create(Format, $"{score * 100:F1}\u202f%") : string.Create(Plain, $"{score:F0}");

    /// <summary>A score with its scale.</summary>
    public static string ScoreOf(double score, Framework framework) =>
        IsProbability(framework) ? Score(score, framework) : Say("score.of", Score(score, framework));

    /// <summary>A range; what stands in its place where errors are not stated.</summary>
    public static string Range(Interval? interval, Framework framework) =>
        interval is null ? Say("range.none") : Say("range", Score(interval.Lower, framework), Score(interval.Upper, framework));

    /// <summary>The highest score of a framework.</summary>
    public static double Top(Framework framework) => IsProbability(framework) ? 1 : 100;

    /// <summary>How far a score has moved in thirty days.</summary>
    public static string Trend(CountryRisk risk, Framework framework) =>
        !risk.HasTrend ? Say("trend.none")
        : Score(Math.Abs(risk.Trend), framework) is var by && by.All(c => c is '0' or '.' or '%' or '\u202f') ? Say("trend.steady")
        : Say(risk.Trend > 0 ? "trend.up" : "trend.down", by);

    /// <summary>A difference of scores, with its sign.</summary>
    public static string Signed(double amount, Framework framework) =>
        IsProbability(framework) ? string.Create(Format, $"{amount * 100:+0.0;−0.0;0.0}\u202f%")
        : Math.Abs(amount) < 0.95 && amount != 0 ? string.Create(Format, $"{amount:+0.0;−0.0;0.0}")
        : string.Create(Plain, $"{amount:+0;−0;0}");

    /// <summary>How old something is, in one unit and rounded down.</summary>
    public static string Age(TimeSpan age) =>
        age switch
        {
            { TotalDays: >= 730 } => Say("age.years", Whole((int)(age.TotalDays / 365))),
            { TotalDays: >= 1 } => Say("age.days", Whole((int)age.TotalDays)),
            { TotalHours: >= 1 } => Say("age.hours", Whole((int)age.TotalHours)),
            _ => Say("age.minutes", Whole(Math.Max(0, (int)age.TotalMinutes))),
        };

    /// <summary>A moment below a drawing that covers a length of time.</summary>
    public static string Tick(DateTimeOffset time, TimeSpan length) =>
        time.UtcDateTime.ToString(
            length switch
            {
                { TotalHours: < 1 } => "HH:mm:ss",
                { TotalDays: <= 2 } => "HH:mm",
                { TotalDays: <= 180 } => "d MMM",
                _ => "MMM yyyy",
            },
            Format
        );

    /// <summary>A figure of a drawing.</summary>
    public static string Drawn(double value) => value.ToString("0.##", Plain);

    /// <summary>A moment for programs.</summary>
    public static string Iso(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", Plain);

    /// <summary>A moment for people: its time in UTC after its day; with the year where it is not this one.</summary>
    public static string Moment(DateTimeOffset time, DateTimeOffset now) =>
        time.UtcDateTime.ToString(Say(time.Year == now.Year ? "moment" : "moment.year"), Format);

    /// <summary>How long it is until a moment, in two units at most and rounded down: never more time than there is.</summary>
    public static string Left(TimeSpan left)
    {
        var span = left.Duration();
        var units = Say("units").Split(' ');
        var words = span switch
        {
            { TotalDays: >= 1 } => string.Create(Plain, $"{(int)span.TotalDays} {units[0]} {span.Hours} {units[1]}"),
            { TotalHours: >= 1 } => string.Create(Plain, $"{span.Hours} {units[1]} {span.Minutes} {units[2]}"),
            { TotalMinutes: >= 2 } => string.Create(Plain, $"{span.Minutes} {units[2]}"),
            _ => string.Create(Plain, $"{(int)span.TotalSeconds} {units[3]}"),
        };
        return left < TimeSpan.Zero ? Say("late", words) : words;
    }

    /// <summary>A value of an indicator, to six figures; what stands in its place where it is not known.</summary>
    public static string Value(double? value) => value is { } known ? known.ToString("G6", Format) : Say("value.none");

    /// <summary>A moment of the contract; <see langword="null"/> for none.</summary>
    public static DateTimeOffset? At(Timestamp? time) => time?.ToDateTimeOffset();

    private static bool IsProbability(Framework framework) => framework.ModelCase == Framework.ModelOneofCase.Logistic;
}
