using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using EarlyWarning.Board.Language;
using EarlyWarning.Board.Tests.Infrastructure;
using EarlyWarning.Board.Viewing;
using EarlyWarning.V1;

namespace EarlyWarning.Board.Tests.Language;

public sealed partial class WordsTests
{
    private static readonly string s_board = Path.GetFullPath(Path.Combine(Here(), "../../../services/Board"));

    private static HashSet<string> Keys { get; } =
    [
        .. Locale
            .English.Words.GetResourceSet(CultureInfo.InvariantCulture, createIfNotExists: true, tryParents: false)!
            .Cast<DictionaryEntry>()
            .Select(one => (string)one.Key),
    ];

    [Fact]
    public void Words_AskedForInPages_AreThere()
    {
        var asked = Sources()
            .SelectMany(file => Asked().Matches(File.ReadAllText(file)))
            .SelectMany(match =>
                match.Groups[1].Value == "Say"
                    ? new[] { match.Groups[2].Value }
                    : [$"{match.Groups[2].Value}.one", $"{match.Groups[2].Value}.many"]
            )
            .ToHashSet();

        Assert.NotEmpty(asked);
        Assert.Empty(asked.Except(Keys));
    }

    [Fact]
    public void Words_OfEachValueOfTheContract_AreThere()
    {
        Check<Severity>();
        Check<Case.Types.State>();
        Check<StepState>();
        Check<Role>();
        Check<Decision>();
        Check<AccessRole>();
        Check<Breach.Types.State>();
        Check<Notification.Types.State>();
        Check<Delivery.Types.State>();
        Check<ChannelKind>();
        Check<CaseEntry.Types.Kind>();
        Check<Health>();
        Check<Condition>();
        Check<Event.Types.State>();
        Check<Direction>();
        Check<Aggregation>();
        Check<MissingDataTreatment>();

        static void Check<T>()
            where T : struct, System.Enum => Assert.All(System.Enum.GetValues<T>(), value => Assert.NotEmpty(Words.Named(value)));
    }

    [Fact]
    public void Pages_HaveNoWordOfTheirOwn()
    {
        // What stands between tags is either code or a word; a word is two letters in a row outside of code.
        var found = Directory
            .EnumerateFiles(s_board, "*.razor", SearchOption.AllDirectories)
            .SelectMany(file =>
                Between()
                    .Matches(Code().Replace(File.ReadAllText(file), ""))
                    .Select(match => match.Groups[1].Value.Trim())
                    .Where(text => text.Length > 0 && !text.Contains('@') && !text.Contains('{') && Letters().IsMatch(text))
                    .Select(text => $"{Path.GetFileName(file)}: {text}")
            );

        Assert.Empty(found);
    }

    [Fact]
    public void Moments_AreNeverInAnOrderThatMayBeMisread()
    {
        var time = new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.FromHours(2));

        Assert.Equal("4 Mar 03:06 UTC", Number.Moment(time, Known.Now));
        Assert.Equal("4 Mar 2026 03:06 UTC", Number.Moment(time, Known.Now.AddYears(1)));
    }

    [Theory]
    [InlineData(0, 0, 0, 59, "59 s")]
    [InlineData(0, 0, 1, 59, "119 s")]
    [InlineData(0, 0, 2, 59, "2 min")]
    [InlineData(0, 7, 42, 59, "7 h 42 min")]
    [InlineData(2, 23, 59, 0, "2 d 23 h")]
    public void Left_IsTwoUnitsAtMostAndNeverMoreThanThereIs(int days, int hours, int minutes, int seconds, string expected)
    {
        TimeSpan span = new(days, hours, minutes, seconds);

        Assert.Equal(expected, Number.Left(span));
        Assert.Equal($"{expected} late", Number.Left(-span));
    }

    private static IEnumerable<string> Sources() =>
        Directory
            .EnumerateFiles(s_board, "*", SearchOption.AllDirectories)
            .Where(file => file.EndsWith(".razor", StringComparison.Ordinal) || file.EndsWith(".cs", StringComparison.Ordinal));

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;

    [GeneratedRegex("""\b(Say|Count)\("([^"]+)"\s*[,)]""")]
    private static partial Regex Asked();

    // The code of a component, its comments and directives, and what an @ begins, with its brackets.
    [GeneratedRegex(
        @"(?s)@code \{.*\z|@\*.*?\*@|@(using|inject|page|implements|inherits|preservewhitespace)[^\n]*"
            + @"|@\((?>[^()]+|(?<open>\()|(?<-open>\)))*\)|@[\w.]+(\((?>[^()]+|(?<o>\()|(?<-o>\)))*\))?"
    )]
    private static partial Regex Code();

    [GeneratedRegex(@">([^<>]+)<")]
    private static partial Regex Between();

    [GeneratedRegex(@"\p{L}{2}")]
    private static partial Regex Letters();
}
