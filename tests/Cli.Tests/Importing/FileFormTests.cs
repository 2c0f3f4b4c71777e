using System.IO.Compression;
using System.Text;
using EarlyWarning.Cli.Tests.Infrastructure;

namespace EarlyWarning.Cli.Tests.Importing;

public class FileFormTests
{
    private const string Long =
        "country,indicator,value,observed_at,source\nXAA,displacement,1.5,2021,fïeld\nXAB,displacement,2,2021,fïeld\n";

    private const string Wide = "layout: wide\ncountry: { column: iso3 }\ntime: { column: year }\nsource: fmt\n";

    public static TheoryData<string, byte[]> Forms =>
        new()
        {
            { "a BOM", [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Long)] },
            { "UTF-16", [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Long)] },
            { "UTF-16 big endian", [.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(Long)] },
            { "CRLF", Encoding.UTF8.GetBytes(Long.Replace("\n", "\r\n", StringComparison.Ordinal)) },
            { "semicolons", Encoding.UTF8.GetBytes(Long.Replace(',', ';')) },
            { "tabs", Encoding.UTF8.GetBytes(Long.Replace(',', '\t')) },
            {
                "quotes",
                Encoding.UTF8.GetBytes(
                    string.Join('\n', Long.Split('\n').Select(line => $"\"{line.Replace(",", "\",\"", StringComparison.Ordinal)}\""))
                        .TrimEnd('"')
                )
            },
            { "gzip", Packed(Encoding.UTF8.GetBytes(Long)) },
            { "trailing columns", Encoding.UTF8.GetBytes(Long.Replace("\n", ",,\n", StringComparison.Ordinal)) },
            {
                "R's row numbers",
                Encoding.UTF8.GetBytes(
                    string.Join('\n', Long.TrimEnd().Split('\n').Select((line, number) => $"{(number == 0 ? "" : number)},{line}"))
                )
            },
            {
                "HXL tags",
                Encoding.UTF8.GetBytes(Long.Replace("\nXAA", "\n#country+code,#indicator,#value,#date,\nXAA", StringComparison.Ordinal))
            },
        };

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Import_AFormThatProgramsWrite_IsRead(string form, byte[] content)
    {
        await using var suite = await FakeSuite.StartAsync();
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(folder.In("o.csv"), content, TestContext.Current.CancellationToken);

        var run = await suite.EwAsync("import", folder.In("o.csv"));

        Assert.True((run.Code, run.Error) == (0, ""), $"{form}: {run}");
        Assert.Equal(
            [("XAA", 1.5, "fïeld"), ("XAB", 2, "fïeld")],
            suite.Observations.Recorded.Select(one => (one.Country, one.Value, one.Source)).Order()
        );
    }

    [Theory]
    [InlineData("PK\u0003\u0004\u0014\0\u0006\0\b\0\0\0!\0[Content_Types].xml", "is an Excel workbook. Save it as CSV.")]
    [InlineData(
        "PK\u0003\u0004\u0014\0mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
        "is an OpenDocument spreadsheet. Save it as CSV."
    )]
    [InlineData("PK\u0003\u0004\u0014\0data/events.csv", "is a zip archive. Unpack it and import the CSV file in it.")]
    [InlineData("PAR1\u0015\u0004", "is a Parquet file. Write it as CSV.")]
    [InlineData("<!DOCTYPE html><html><body>Sign in</body></html>", "is a web page or XML.")]
    [InlineData("{\"country\": \"XAA\"}", "is JSON. Write it as CSV.")]
    [InlineData("c\0o\0u\0n\0t\0", "is no text, or a text in UTF-16 without its mark.")]
    public async Task Import_AFileThatIsNoCsv_SaysWhatItIs(string content, string expected)
    {
        await using var suite = await FakeSuite.StartAsync();
        using var folder = new TemporaryFolder();

        var run = await suite.EwAsync("import", folder.Write("o.csv", content));

        Assert.Equal(2, run.Code);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_AWorkbookPackedWithGzip_SaysWhatItIs()
    {
        await using var suite = await FakeSuite.StartAsync();
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(
            folder.In("o.csv.gz"),
            Packed("PK\u0003\u0004[Content_Types].xml"u8.ToArray()),
            TestContext.Current.CancellationToken
        );

        var run = await suite.EwAsync("import", folder.In("o.csv.gz"));

        Assert.Equal(2, run.Code);
        Assert.Contains("is an Excel workbook", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_NotUtf8_NamesTheLine()
    {
        await using var suite = await FakeSuite.StartAsync();
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(folder.In("o.csv"), Encoding.Latin1.GetBytes(Long), TestContext.Current.CancellationToken);

        var run = await suite.EwAsync("import", folder.In("o.csv"));

        Assert.Equal(2, run.Code);
        Assert.Contains("line 2", run.Error, StringComparison.Ordinal);
        Assert.Contains("Save the file as UTF-8.", run.Error, StringComparison.Ordinal);
        Assert.Empty(suite.Observations.Recorded);
    }

    [Fact]
    public async Task Import_DecimalComma_ReadsTheFiguresAndRefusesPoints()
    {
        await using var suite = await FakeSuite.StartAsync();
        using var folder = new TemporaryFolder();

        var run = await suite.EwAsync(
            "import",
            folder.Write("w.csv", "iso3;year;v1\nXAA;2015;1,5\nXAB;2015;1.234,5\n"),
            "--mapping",
            folder.Write("m.yaml", $"{Wide}decimal: ','\n")
        );

        Assert.Equal(4, run.Code);
        Assert.Equal(("XAA", 1.5), (Assert.Single(suite.Observations.Recorded).Country, suite.Observations.Recorded.Single().Value));
        Assert.Contains("'1.234,5' is not a number", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_DecimalCommaThatNothingSpeaksOf_SaysTheWayOut()
    {
        await using var suite = await FakeSuite.StartAsync();
        using var folder = new TemporaryFolder();

        var run = await suite.EwAsync(
            "import",
            folder.Write("w.csv", "iso3;year;v1\nXAA;2015;1,5\n"),
            "--mapping",
            folder.Write("m.yaml", Wide)
        );

        Assert.Equal(4, run.Code);
        Assert.Contains("or say decimal: ',' in the mapping", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_ByHxlTags_FindsTheColumns()
    {
        await using var suite = await FakeSuite.StartAsync();
        using var folder = new TemporaryFolder();
        const string Mapping =
            "layout: wide\ncountry: { column: \"#country+code\" }\ntime: { column: \"#date+year\" }\nsource: hdx\nindicators: { columns: "
            + "[\"#affected+killed\"], rename: { \"#affected+killed\": deaths } }\n";

        var run = await suite.EwAsync(
            "import",
            folder.Write("h.csv", "Country,Year,Killed\n#country +code,#date +year,#affected +killed\nXAA,2015,3\n"),
            "--mapping",
            folder.Write("m.yaml", Mapping)
        );

        Assert.Equal((0, ""), (run.Code, run.Error));
        var one = Assert.Single(suite.Observations.Recorded);
        Assert.Equal(("XAA", "deaths", 3.0), (one.Country, one.Indicator, one.Value));
    }

    [Fact]
    public async Task Import_AValueUnderNoName_IsARejectedRow()
    {
        await using var suite = await FakeSuite.StartAsync();
        using var folder = new TemporaryFolder();

        var run = await suite.EwAsync(
            "import",
            folder.Write("w.csv", "iso3,year,v1,\nXAA,2015,1,\nXAB,2015,2,9\n"),
            "--mapping",
            folder.Write("m.yaml", Wide)
        );

        Assert.Equal(4, run.Code);
        Assert.Equal("XAA", Assert.Single(suite.Observations.Recorded).Country);
        Assert.Contains("'9' stands in column 4, which has no name in the header.", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("repeated: first", "repeated: 'first' is no combination.")]
    [InlineData("where: [type ~ 1]", "where 'type ~ 1' is not a condition")]
    [InlineData("decimal: ' '", "decimal: Write '.' or ','.")]
    [InlineData("columns: { value: v }", "columns has more than revision and horizon")]
    [InlineData("where:", "where: 'where' has nothing behind it")]
    [InlineData("wehre: [a = 1]", "wehre")]
    [InlineData("source: other", "source")]
    public async Task Import_MappingThatSaysWhatItCannot_IsRefused(string line, string expected)
    {
        using var folder = new TemporaryFolder();

        var run = await Run.EwAsync(
            "import",
            folder.Write("w.csv", "iso3,year,v1\n"),
            "--mapping",
            folder.Write("m.yaml", $"{Wide}{line}\n")
        );

        Assert.Equal(2, run.Code);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    private static byte[] Packed(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }

        return packed.ToArray();
    }
}
