using EarlyWarning.Catalogue.Files;
using EarlyWarning.Catalogue.Tests.Infrastructure;
using EarlyWarning.Yaml;

namespace EarlyWarning.Catalogue.Tests.Files;

/// <summary>How a file says what a judgement's steps mean, why a weight is what it is, and why an error.</summary>
public sealed class JudgementFileTests
{
    private const string Kinds = "errors:\n  judged: {up: 0.1, down: 0.1, reason: Coders differ.}\n";

    [Fact]
    public void Read_Anchors_KeepsValuesAndMeanings()
    {
        var file = Read(FileSample.Leaf("anchors: {0: None., 50.5: Some., 100: All.}"));

        Assert.Equal(
            [(0, "None."), (50.5, "Some."), (100, "All.")],
            file.Indicators[0].Anchors.Select(anchor => (anchor.Value, anchor.Meaning))
        );
    }

    [Theory]
    [InlineData("anchors: {0: None., many: All.}", "'many' is no number.")]
    [InlineData("anchors: {0: None., 4: }", "has nothing behind it")]
    [InlineData("anchors: None.", "Here belongs a list.")]
    [InlineData("weight: {value: 2}", "Here belongs a text.")]
    [InlineData("weight-why: It kills.", "'weight-why' is not known here")]
    [InlineData("weight: much", "'much' is no number")]
    public void Read_BadForm_SaysWhatBelongsThere(string line, string message)
    {
        var exception = Assert.Throws<FaultyFileException>(() => Read(FileSample.Leaf(line)));

        Assert.Contains(exception.Faults, fault => fault.Message.Contains(message, StringComparison.Ordinal));
        Assert.All(exception.Faults, fault => Assert.Equal(FileSample.LineOfLeaf, fault.Place.Line));
    }

    [Theory]
    [InlineData("weight: 2", "")]
    [InlineData("weight: 2\n        weight-reason: It kills.", "It kills.")]
    public void Read_Weight_KeepsItsReason(string line, string reason)
    {
        var leaf = Read(FileSample.Leaf(line)).Framework!.Composite.Root.Children[0];

        Assert.Equal((2, reason), (leaf.Weight, leaf.WeightReason));
    }

    [Theory]
    [InlineData("error: judged", "Coders differ.")]
    [InlineData("error: {kind: judged, reason: Little is seen.}", "Little is seen.")]
    public void Read_ErrorOfAKind_KeepsTheReasonOfItsOwn(string line, string reason)
    {
        var error = Read(Kinds + FileSample.Leaf(line)).Indicators[0].DefaultError;

        Assert.Equal((0.1, 0.1, reason), (error.Judgement.Up, error.Judgement.Down, error.Reason));
    }

    private static FrameworkFile Read(string text) => FrameworkFileReader.Read(FileSample.Folder(text), "main.yaml");
}
