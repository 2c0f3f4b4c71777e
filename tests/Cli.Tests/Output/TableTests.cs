using EarlyWarning.Cli.Output;

namespace EarlyWarning.Cli.Tests.Output;

public class TableTests
{
    private const string Id = "breaches/XAA-0123456789abcdef";

    private static readonly Column[] s_columns = ["breach", "sentence", Column.Figure("score")];

    private static readonly Cell[][] s_rows =
    [
        [Id, "the first of two sentences that are longer than what is left of a line of eighty", "7"],
        ["b", "short", "12.5"],
    ];

    [Fact]
    public void Table_Piped_IsPartedByTabsAndNotPadded() =>
        Assert.Equal($"breach\tsentence\tscore\n{Id}\t{s_rows[0][1].Text}\t7\nb\tshort\t12.5\n", Printed(isTerminal: false, 80, s_rows));

    [Fact]
    public void Table_OnAScreen_IsAligned()
    {
        var length = s_rows[0][1].Text.Length;

        Assert.Equal(
            $"{"breach".PadRight(Id.Length)}  {"sentence".PadRight(length)}  score\n{Id}  {s_rows[0][1].Text}      "
                + $"7\n{"b".PadRight(Id.Length)}  {"short".PadRight(length)}   12.5\n",
            Printed(isTerminal: true, 130, s_rows)
        );
    }

    [Theory]
    [InlineData(80)]
    [InlineData(60)]
    [InlineData(40)]
    public void Table_OnANarrowScreen_BreaksNoIdAndIsNoWider(int width)
    {
        var lines = Printed(isTerminal: true, width, s_rows).Split('\n');

        Assert.Contains(lines, line => line.Contains(Id, StringComparison.Ordinal));
        Assert.All(lines, line => Assert.True(line.Length <= width, line));
        Assert.Contains("12.5", lines[^2], StringComparison.Ordinal);
    }

    [Fact]
    public void Table_WithControlCharacters_ShowsThem() =>
        Assert.Equal(
            "a\n\\u001B]0;owned\\u0007\\nnext\\u202E\n",
            Printed(
                isTerminal: false,
                80,
                [
                    ["\e]0;owned\a\nnext\u202E"],
                ],
                "a"
            )
        );

    [Theory]
    [InlineData("plain – text with ü", "plain – text with ü")]
    [InlineData("red\e[31m", "red\\u001B[31m")]
    [InlineData("two\nlines", "two\nlines")]
    [InlineData("back\rover", "back\\rover")]
    [InlineData("c1\u009B31m", "c1\\u009B31m")]
    public void Lines_OfAnything_AreNothingThatAScreenObeys(string text, string expected) => Assert.Equal(expected, Visible.Lines(text));

    private static string Printed(bool isTerminal, int width, Cell[][] rows, params Column[] columns)
    {
        using var output = new StringWriter { NewLine = "\n" };
        var terminal = new Terminal
        {
            Out = output,
            Error = TextWriter.Null,
            IsTerminal = isTerminal,
            Width = width,
            Environment = name => name is "TERM" ? "dumb" : null,
        };
        new Printer(terminal, json: false).Table(columns.Length > 0 ? columns : s_columns, rows);
        return output.ToString();
    }
}
