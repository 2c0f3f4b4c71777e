using EarlyWarning.Catalogue.Files;
using EarlyWarning.Catalogue.Tests.Infrastructure;
using EarlyWarning.Yaml;

namespace EarlyWarning.Catalogue.Tests.Files;

public sealed class FrameworkFileReaderTests
{
    [Fact]
    public void Read_WholeFile_GivesIndicatorsFrameworkAndThresholds()
    {
        var file = FrameworkFileReader.Read(FileSample.Folder(FileSample.Framework), "main.yaml");

        Assert.Equal(["mine.attacks", "mine.courts"], file.Indicators.Select(indicator => indicator.Code));
        Assert.Equal((true, false), (file.Indicators[0].HasMinimum, file.Indicators[0].HasMaximum));
        var root = file.Framework!.Composite.Root;
        Assert.Equal((2.0, 60 * 86_400L), (root.Children[0].Weight, root.Children[0].Leaf.Validity.Seconds));
        Assert.Equal(0.5, root.MissingData.MinimumCoverage);
        Assert.Equal(
            (V1.Aggregation.Geometric, V1.MissingDataTreatment.StatedValue),
            (root.Children[1].Aggregation, root.Children[1].MissingData.Treatment)
        );
        var threshold = Assert.Single(file.Thresholds);
        Assert.Equal(
            ("frameworks/mine", V1.Condition.Above, 50.0, 45.0),
            (threshold.Framework, threshold.Condition, threshold.Value, threshold.ClearingValue)
        );
        Assert.Equal(["XAA", "XAB"], threshold.Countries);
    }

    [Theory]
    [InlineData("unit: attacks per month", "unit: [a]", 16, "framework.tree.children[0].unit")]
    [InlineData("low: 0\n        high: 20", "low: none\n        high: 20", 20, "framework.tree.children[0].low")]
    [InlineData("validity: 60d", "validity: 60 days", 23, "framework.tree.children[0].validity")]
    [InlineData("direction: increasing", "direction: up", 19, "framework.tree.children[0].direction")]
    [InlineData("minimum: 0\n        evidence", "minimum: [0]\n        evidence", 17, "framework.tree.children[0].minimum")]
    [InlineData("aggregation: geometric", "aggregation: sum", 26, "framework.tree.children[1].aggregation")]
    [InlineData("weight: 2", "weight: ~", 24, "framework.tree.children[0].weight")]
    [InlineData("weight: 2", "weight: ''", 24, "framework.tree.children[0].weight")]
    [InlineData("weight: 2", "wieght: 2", 24, "framework.tree.children[0].wieght")]
    [InlineData("weight: 2", "weight: .nan", 24, "framework.tree.children[0].weight")]
    [InlineData("weight: 2", "weight: 2\n        weight: 3", 25, "")]
    [InlineData("low: 0\n        high: 20", "low:\n        high: 20", 20, "framework.tree.children[0].low")]
    [InlineData("low: 0\n        high: 20", "high: 20", 13, "framework.tree.children[0].low")]
    [InlineData("minimum-coverage: 0.5", "minimum-coverage: null", 43, "thresholds[0].minimum-coverage")]
    [InlineData("- {level: low, from: 0}", "- {level: low}", 6, "framework.bands[0].from")]
    [InlineData("above: 50", "above: ~", 40, "thresholds[0].above")]
    [InlineData("countries: [XAA, XAB]", "countries:", 44, "thresholds[0].countries")]
    [InlineData("reason: Twenty", "cause: Twenty", 22, "framework.tree.children[0].cause")]
    [InlineData("name: My framework", "title: My framework", 2, "framework.name")]
    [InlineData("above: 50", "over: 50", 38, "thresholds[0]")]
    [InlineData("severity: warning", "severity: [x]", 45, "thresholds[0].severity")]
    [InlineData("severity: warning", "severity: red", 45, "thresholds[0].severity")]
    [InlineData("- {level: high, from: 50}", "- {level: high, from: fifty}", 7, "framework.bands[1].from")]
    public void Read_OneFault_NamesLineAndPath(string right, string wrong, int line, string path)
    {
        var text = FileSample.Framework.ReplaceLineEndings("\n");
        Assert.Contains(right, text, StringComparison.Ordinal);

        var faults = FaultsOf(FileSample.Folder(text.Replace(right, wrong, StringComparison.Ordinal)));

        Assert.Contains(faults, fault => fault.Place.File == "main.yaml" && fault.Place.Line == line && fault.Place.Path == path);
    }

    [Fact]
    public void Read_SeveralFaults_GivesAllOfThem()
    {
        var faults = FaultsOf(
            FileSample.Folder("framework:\n  id: x\n  bands:\n    - {level: low, from: a}\n  logistic:\n    intercept: b\nother: 1\n")
        );

        Assert.Equal([4, 6, 7], faults.Where(fault => fault.Place.Line != 2).Select(fault => fault.Place.Line).Order());
    }

    [Fact]
    public void Read_NotYaml_NamesTheLine()
    {
        var fault = Assert.Single(FaultsOf(FileSample.Folder("framework:\n  id: x\n  name: 'open\n")));

        Assert.StartsWith("main.yaml:3:", fault.ToString(), StringComparison.Ordinal);
        Assert.Contains("not YAML", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_IndicatorDefinedTwice_NamesTheSecond()
    {
        var text = FileSample.Framework.Replace("indicator: mine.courts", "indicator: mine.attacks", StringComparison.Ordinal);

        var fault = Assert.Single(FaultsOf(FileSample.Folder(text)));

        Assert.Equal((29, "framework.tree.children[1].children[0].indicator"), (fault.Place.Line, fault.Place.Path));
    }

    [Fact]
    public void Read_Include_FaultNamesTheIncludedFile()
    {
        const string Main =
            "framework:\n  id: x\n  name: X\n  bands: [{level: low, from: 0}]\n  tree:\n    code: index\n    children:\n      - include: "
            + "part.yaml\n";
        const string Part =
            "code: part\nchildren:\n  - indicator: a\n    name: A\n    unit: u\n    direction: increasing\n    low: 0\n    high: much\n";

        var fault = Assert.Single(FaultsOf(FileSample.Folder(Main, ("part.yaml", Part))));
        var absent = Assert.Single(FaultsOf(FileSample.Folder(Main)));

        Assert.Equal(("part.yaml", 8, "children[0].high"), (fault.Place.File, fault.Place.Line, fault.Place.Path));
        Assert.Equal(("main.yaml", 8, "There is no file 'part.yaml'."), (absent.Place.File, absent.Place.Line, absent.Message));
    }

    [Fact]
    public void Read_FileThatIncludesItself_IsRefused()
    {
        const string Main =
            "framework:\n  id: x\n  name: X\n  bands: [{level: low, from: 0}]\n  tree:\n    code: index\n    children:\n      - include: "
            + "part.yaml\n";

        var faults = FaultsOf(FileSample.Folder(Main, ("part.yaml", "code: part\nchildren:\n  - include: part.yaml\n")));

        Assert.Contains("include each other", Assert.Single(faults).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_FieldWithoutAPlaceOfItsOwn_GivesTheNearestAround()
    {
        var file = FrameworkFileReader.Read(FileSample.Folder(FileSample.Framework), "main.yaml");

        var place = file.Places.Find("framework.composite.root.children[1].children[0].leaf.reason");

        Assert.Equal((29, "framework.tree.children[1].children[0]"), (place.Line, place.Path));
    }

    [Fact]
    public void Read_LogisticFromATable_GivesATermForEachRow()
    {
        var file = FrameworkFileReader.Read(FileSample.Folder(Logistic, ("table.csv", Table)), "main.yaml");

        var model = file.Framework!.Logistic;
        Assert.Equal(-9.5, model.Intercept);
        Assert.Equal([("a.ln", 0.25), ("b_two", 0.0)], model.Coefficients.Select(term => (term.Indicator, term.Value)));
        Assert.Equal(["a.ln", "b_two"], file.Indicators.Select(indicator => indicator.Code));
    }

    [Theory]
    [InlineData("\"a.ln\",0.25,1", "\"a.ln\",NA,1", "Line 3")]
    [InlineData("\"b_two\"", "\"B two\"", "Line 4")]
    [InlineData("(Intercept)", "constant", "(Intercept)")]
    [InlineData("one.year", "first.year", "no column 'one.year'")]
    [InlineData("Variables", "Name", "Variables")]
    public void Read_TableWithAFault_SaysWhichLine(string right, string wrong, string part)
    {
        var fault = Assert.Single(
            FaultsOf(FileSample.Folder(Logistic, ("table.csv", Table.Replace(right, wrong, StringComparison.Ordinal))))
        );

        Assert.Equal("framework.logistic.coefficients-from.file", fault.Place.Path);
        Assert.Contains(part, fault.Message, StringComparison.Ordinal);
    }

    private const string Logistic = """
        framework:
          id: x
          name: X
          bands: [{level: low, from: 0}]
          logistic:
            coefficients-from: {file: table.csv, column: one.year}
        """;

    private const string Table = "\"Variables\",\"one.year\",\"two.year\"\n\"(Intercept)\",-9.5,-8\n\"a.ln\",0.25,1\n\"b_two\",0,2\n";

    private static IReadOnlyList<FileFault> FaultsOf(FileFolder folder) =>
        Assert.Throws<FaultyFileException>(() => FrameworkFileReader.Read(folder, "main.yaml")).Faults;
}
