using EarlyWarning.Catalogue.Files;
using EarlyWarning.Catalogue.Tests.Infrastructure;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Yaml;

namespace EarlyWarning.Catalogue.Tests.Files;

public sealed class ReferenceSetFileTests
{
    private const string Table =
        "iso3,Name,region,year,ATTACKS,people\nXAA,\"Aa, Republic "
        + "of\",north,2019,4,1000\n\nXAB,Bb,NA,2019,NA,2e3\nXAA,Aa,north,2020,,1100\n";

    private static readonly string s_text =
        FileSample.Leaf("denominator: people")
        + "  reference-set: {file: world.csv, unit-column: iso3, year-column: year, groups: [region], description: Of 2020}\n";

    [Fact]
    public void Read_Table_GivesUnitsWithYearsAndGroupsAndTheTreesColumns()
    {
        var set = FileSample.Model<CompositeFramework>(s_text, ("world.csv", Table)).Reference!;

        Assert.Equal(["XAA@2019", "XAB@2019", "XAA@2020"], set.Units.Select(unit => unit.Key));
        Assert.Equal(["north", null, "north"], set.Units.Select(unit => unit.GroupIn("region")));
        Assert.Equal(["attacks", "people"], set.Indicators);
        Assert.Equal([4, double.NaN, double.NaN], Enumerable.Range(0, 3).Select(row => set[row, "attacks"]));
        Assert.Equal([1_000, 2_000, 1_100], Enumerable.Range(0, 3).Select(row => set[row, "people"]));
    }

    [Fact]
    public void Read_Description_IsKept() =>
        Assert.Equal(
            "Of 2020",
            FrameworkFileReader
                .Read(FileSample.Folder(s_text, ("world.csv", Table)), "main.yaml")
                .Framework!.Composite.ReferenceSet.Description
        );

    [Theory]
    [InlineData("iso3,", "code,", "Line 1: there is no column 'iso3'. There are code, Name, region, year, ATTACKS, people.")]
    [InlineData("region,", "continent,", "Line 1: there is no column 'region'.")]
    [InlineData("2019,4", "2019,four", "Line 2: 'four' in the column 'ATTACKS' is no number.")]
    [InlineData("2019,NA", "late,NA", "Line 4: 'late' in the column 'year' is no number.")]
    [InlineData("2e3", "Infinity", "Line 4: 'Infinity' in the column 'people' is no number.")]
    [InlineData("2020,,1100", "2020,1100", "Line 5: there are 5 cells, and the header has 6.")]
    public void Read_FaultInTheTable_SaysWhichLine(string right, string wrong, string message)
    {
        var fault = FaultOf(FileSample.Folder(s_text, ("world.csv", Table.Replace(right, wrong, StringComparison.Ordinal))));

        Assert.Equal("framework.reference-set.file", fault.Place.Path);
        Assert.StartsWith($"world.csv: {message}", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NoTable_NamesLineAndFile()
    {
        var fault = FaultOf(FileSample.Folder(s_text));

        Assert.Equal("There is no file 'world.csv' in the folder of this one.", fault.Message);
        Assert.Equal(
            s_text.Split('\n').Index().First(line => line.Item.Contains("reference-set", StringComparison.Ordinal)).Index + 1,
            fault.Place.Line
        );
    }

    [Fact]
    public void Find_FaultInAColumn_GivesTheSetsPlace()
    {
        var file = FrameworkFileReader.Read(FileSample.Folder(s_text, ("world.csv", Table)), "main.yaml");

        Assert.Equal("framework.reference-set", file.Places.Find("framework.composite.reference_set.columns[1].values[0]").Path);
    }

    private static FileFault FaultOf(FileFolder folder) =>
        Assert.Single(Assert.Throws<FaultyFileException>(() => FrameworkFileReader.Read(folder, "main.yaml")).Faults);
}
