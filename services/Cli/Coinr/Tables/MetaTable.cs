using System.Text;
using EarlyWarning.Cli.Importing;
using EarlyWarning.Cli.Output;

namespace EarlyWarning.Cli.Coinr.Tables;

/// <summary>COINr's iMeta: the hierarchy of an index, with direction and weight of each part. Rows keep the file's order.</summary>
internal sealed class MetaTable
{
    private const int LongestCode = 64;

    private static readonly string[] s_needed = ["Level", "iCode", "Parent", "Direction", "Type", "Weight"];

    private readonly CsvTable _table;
    private readonly Dictionary<string, MetaRow> _byCode = new(StringComparer.Ordinal);

    private MetaTable(CsvTable table, string prefix)
    {
        _table = table;
        foreach (var column in s_needed)
        {
            table.Columns.Needed(column, "which COINr needs in iMeta");
        }

        var codes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var row in table.Rows)
        {
            var read = Read(row, prefix);
            if (!_byCode.TryAdd(read.ICode, read))
            {
                throw Wrong(read, "iCode", $"'{read.ICode}' is there twice. Give each its own code.");
            }

            if (!codes.TryAdd(read.Code, read.ICode))
            {
                throw Wrong(read, "iCode", $"'{read.ICode}' and '{codes[read.Code]}' both become '{read.Code}' in the suite. Rename one.");
            }
        }

        Indicators = OfType(MetaType.Indicator);
        Aggregates = OfType(MetaType.Aggregate);
        Denominators = OfType(MetaType.Denominator);
        Groups = OfType(MetaType.Group);
        Root = MetaHierarchy.Check(this);
    }

    public IReadOnlyList<MetaRow> Indicators { get; }

    public IReadOnlyList<MetaRow> Aggregates { get; }

    public IReadOnlyList<MetaRow> Denominators { get; }

    public IReadOnlyList<MetaRow> Groups { get; }

    public MetaRow Root { get; }

    /// <summary>How many times parts are aggregated: the highest level less 1.</summary>
    public int Steps => Root.Level - 1;

    public string Path => _table.Path;

    public static async Task<MetaTable> ReadAsync(string path, string prefix, CancellationToken cancellation) =>
        new(await CsvTable.ReadAsync(path, cancellation), prefix);

    public MetaRow? Find(string iCode) => _byCode.GetValueOrDefault(iCode);

    public IEnumerable<MetaRow> ChildrenOf(MetaRow parent) => Indicators.Concat(Aggregates).Where(row => row.Parent == parent.ICode);

    /// <summary>A parameter of a method, from a column of its own.</summary>
    public double? Number(MetaRow row, string column) => _table.Number(row.Row, column);

    /// <summary>A parameter that must be there.</summary>
    public double NumberNeeded(MetaRow row, string column, string why)
    {
        _table.Columns.Needed(column, why);
        return Number(row, column) ?? throw Wrong(row, column, $"'{row.ICode}' has none, {why}.");
    }

    /// <summary>A parameter that is TRUE or FALSE; nothing where it is not stated.</summary>
    public bool? Flag(MetaRow row, string column) =>
        _table.Text(row.Row, column).ToUpperInvariant() switch
        {
            "" => null,
            "TRUE" or "T" or "1" => true,
            "FALSE" or "F" or "0" => false,
            var other => throw Wrong(row, column, $"'{other}' is neither TRUE nor FALSE."),
        };

    public CliException Wrong(MetaRow row, string column, string what) => _table.Wrong(row.Row, column, what);

    private MetaRow Read(Row row, string prefix)
    {
        var iCode = _table.Text(row, "iCode");
        if (iCode.Length == 0)
        {
            throw _table.Wrong(row, "iCode", "there is no code. Give one.");
        }

        if (!Enum.TryParse<MetaType>(_table.Text(row, "Type"), out var type) || !Enum.IsDefined(type))
        {
            throw _table.Wrong(
                row,
                "Type",
                $"'{_table.Text(row, "Type")}' is no type. Use Indicator, Aggregate, Group, Denominator or Other."
            );
        }

        var isPart = type is MetaType.Indicator or MetaType.Aggregate;
        var isMeasured = type is MetaType.Indicator or MetaType.Denominator;
        var name = _table.Text(row, "iName");
        return new(
            row,
            iCode,
            CodeOf(row, iCode, isMeasured ? prefix : ""),
            name.Length > 0 ? name : iCode,
            type,
            isPart ? Whole(row, "Level", "a whole number, 1 for an indicator") : 0,
            type == MetaType.Indicator ? Whole(row, "Direction", "1 or -1") : 1,
            isPart ? WeightOf(row) : 1,
            _table.Text(row, "Unit"),
            _table.Text(row, "Parent"),
            _table.Text(row, "Denominator")
        );
    }

    private int Whole(Row row, string column, string expected) =>
        _table.Number(row, column) is { } number && number == Math.Floor(number) && Math.Abs(number) < 1000
            ? (int)number
            : throw _table.Wrong(row, column, $"'{_table.Text(row, column)}' was to be {expected}.");

    private double WeightOf(Row row) =>
        _table.Number(row, "Weight") is > 0 and var weight
            ? weight
            : throw _table.Wrong(
                row,
                "Weight",
                $"'{_table.Text(row, "Weight")}' is not a weight above 0. Give one, or take the row out if it is not to count."
            );

    // The suite's codes are in small letters; COINr's are as R has names.
    private string CodeOf(Row row, string iCode, string prefix)
    {
        var code = new StringBuilder(prefix);
        foreach (var c in iCode.ToLowerInvariant())
        {
            code.Append(char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' ? c : '_');
        }

        return code.Length <= LongestCode && char.IsAsciiLetterLower(code[0])
            ? code.ToString()
            : throw _table.Wrong(
                row,
                "iCode",
                $"'{iCode}' becomes '{code}', which is no code of the suite: at most {LongestCode} characters, a letter first."
            );
    }

    private List<MetaRow> OfType(MetaType type) =>
        [.. _table.Rows.Select(row => _byCode[_table.Text(row, "iCode")]).Where(row => row.Type == type)];
}
