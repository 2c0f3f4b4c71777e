using System.Text;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace EarlyWarning.Yaml.Tests;

/// <summary>Files that would end the process are refused in a sentence.</summary>
public sealed class BoundedYamlTests
{
    [Theory]
    [InlineData("[", "]")]
    [InlineData("{a: ", "}")]
    [InlineData("- ", "")]
    public void Load_TwoHundredThousandDeep_IsRefused(string open, string close) =>
        Assert.Contains(
            "deep",
            Refused(string.Concat(Enumerable.Repeat(open, 200_000)) + "1" + string.Concat(Enumerable.Repeat(close, 200_000))),
            StringComparison.Ordinal
        );

    [Fact]
    public void Load_AliasesThatUnfoldToBillions_IsRefused()
    {
        var text = new StringBuilder("l0: &l0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
        for (var level = 1; level < 12; level++)
        {
            text.Append($"l{level}: &l{level} [{string.Join(", ", Enumerable.Repeat($"*l{level - 1}", 10))}]\n");
        }

        Assert.Contains("aliases unfolded", Refused(text.ToString()), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_AliasesThatNestEachOther_CountAsDeepAsTheyUnfold()
    {
        var text = new StringBuilder("l0: &l0 [1]\n");
        for (var level = 1; level < 150; level++)
        {
            text.Append($"l{level}: &l{level} [*l{level - 1}]\n");
        }

        Assert.Contains("deep", Refused(text.ToString()), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_AnAliasOfWhatItIsPartOf_IsRefused() =>
        Assert.Contains("alias 'me'", Refused("a: &me [1, *me]"), StringComparison.Ordinal);

    [Fact]
    public void Load_HugeFile_IsRefused() =>
        Assert.Contains("8,000,000 characters", Refused(new string('#', BoundedYaml.MostCharacters + 1)), StringComparison.Ordinal);

    [Fact]
    public void Load_MoreValuesThanAreTaken_IsRefused() =>
        Assert.Contains(
            "500,000 values",
            Refused("[" + string.Join(",", Enumerable.Repeat("1", BoundedYaml.MostValues)) + "]"),
            StringComparison.Ordinal
        );

    [Fact]
    public void Load_WithinBounds_IsWhatTheFileSays()
    {
        var root = (YamlMappingNode)BoundedYaml.Load(new StringReader("a: &x {b: 1}\nc: [*x, *x]\n")).Documents[0].RootNode;
        Assert.Equal("1", root["c"][1]["b"].ToString());
    }

    [Fact]
    public void Load_NulBehindFigures_IsRefused() => Assert.Contains("NUL", Refused("high: \"5\\0\""), StringComparison.Ordinal);

    // The parser throws other exceptions than its own at these.
    [Theory]
    [InlineData("- {\nt")]
    [InlineData(": [\nu")]
    [InlineData(" : 3")]
    [InlineData("\"\\uDC00\\uD\"")]
    public void Load_SignsOutOfPlace_IsRefusedWithTheirLine(string text) =>
        Assert.True(Assert.ThrowsAny<YamlException>(() => BoundedYaml.Load(new StringReader(text))).Start.Line > 0);

    private static string Refused(string text) => Assert.ThrowsAny<YamlException>(() => BoundedYaml.Load(new StringReader(text))).Message;
}
