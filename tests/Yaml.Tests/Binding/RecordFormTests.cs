using System.ComponentModel.DataAnnotations;
using EarlyWarning.Yaml.Binding;

namespace EarlyWarning.Yaml.Tests.Binding;

public sealed class RecordFormTests
{
    private const string Whole = """
        title: Watch
        every: 1m30s
        kind: second-one
        parts: [{from: 1, to: 2}, {from: 2, to: 3}]
        names: {a: x, "b c": y}
        raw: [1, 2]
        """;

    [Fact]
    public void Read_PropertiesOfEveryKind_AreTheirKeysWithHyphens()
    {
        var sheet = Read(Whole);

        Assert.Equal(("Watch", TimeSpan.FromSeconds(90), Kind.SecondOne, 5), (sheet.Title, sheet.Every, sheet.Kind, sheet.MostParts));
        Assert.Equal([(1, 2), (2, 3)], sheet.Parts.Select(part => (part.From, part.To)));
        Assert.Equal(["x", "y"], sheet.Names.Values);
        Assert.Equal(["1", "2"], sheet.Raw!.Items().Select(item => item.Text()));
    }

    [Theory]
    [InlineData("title: Watch", "", "x.yaml:2:1: title: 'title' is missing.")]
    [InlineData("every: 1m30s", "every: 2h", "x.yaml:2:8: every: At most an hour.")]
    [InlineData("kind: second-one", "kind: third", "x.yaml:3:7: kind: 'third' is not known as kind. Write first or second-one.")]
    [InlineData("to: 2}", "too: 2}", "x.yaml:4:19: parts[0].too: 'too' is not known here. Did you mean 'to'?")]
    [InlineData("from: 2, to: 3", "from: 4, to: 3", "x.yaml:4:34: parts[1].from: It begins before it ends.")]
    [InlineData("{from: 2, to: 3}", "~", "parts[1]: This place of the list is empty.")]
    [InlineData("title: Watch", "title: Watch\nmost-parts: 1", "x.yaml:2:13: most-parts: There are more parts.")]
    [InlineData("names: {", "names: {c: [x], ", "names.c: Here belongs a text.")]
    public void Read_Fault_NamesFileLineColumnPathAndCure(string right, string wrong, string expected)
    {
        var text = Whole.Replace(right, wrong, StringComparison.Ordinal);

        var faults = Assert.Throws<FaultyFileException>(() => Read(text)).Faults;

        Assert.Contains(faults, fault =>
            fault.ToString().StartsWith(expected, StringComparison.Ordinal) || fault.ToString().Contains(expected, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Read_KeysAndChoicesJoinedByUnderscores_AreTheSame()
    {
        var sheet = Read(Whole.Replace("second-one", "second_one\nmost_parts: 7", StringComparison.Ordinal));

        Assert.Equal((Kind.SecondOne, 7), (sheet.Kind, sheet.MostParts));
    }

    [Fact]
    public void Read_AKeyInBothForms_IsThereTwice()
    {
        var message = Assert.Throws<FaultyFileException>(() => Read(Whole + "\nmost-parts: 7\nmost_parts: 8\n")).Message;

        Assert.Contains("'most-parts' is there twice", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_KeyThatTookItsValueWithIt_IsNotQuotedWhole()
    {
        var message = Assert.Throws<FaultyFileException>(() => Read(Whole + "\n\"secret:hunter2\": x\n")).Message;

        Assert.DoesNotContain("hunter2", message, StringComparison.Ordinal);
    }

    private static Sheet Read(string text) => YamlReading.Read(text, "x.yaml", static top => RecordForm.Read<Sheet>(top));

    internal enum Kind
    {
        Unspecified,
        First,
        SecondOne,
    }

    internal sealed class Sheet : IValidatableObject
    {
        public required string Title { get; init; } = "";

        [Range(typeof(TimeSpan), "00:00:00", "01:00:00", ErrorMessage = "At most an hour.")]
        public TimeSpan Every { get; init; }

        public Kind Kind { get; init; }

        public int MostParts { get; init; } = 5;

        public IReadOnlyList<Part> Parts { get; init; } = [];

        public Dictionary<string, string> Names { get; init; } = [];

        public YamlValue? Raw { get; init; }

        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
            Parts.Count > MostParts ? [new("There are more parts.", [nameof(MostParts)])] : [];
    }

    internal sealed class Part : IValidatableObject
    {
        public required int From { get; init; }

        public required int To { get; init; }

        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
            From > To ? [new("It begins before it ends.", [nameof(From)])] : [];
    }
}
