using EarlyWarning.V1;

namespace EarlyWarning.Cli.Importing;

/// <summary>A row of the file.</summary>
internal sealed record Row(long Line, string[] Cells);

/// <summary>An observation and the cell that it comes from.</summary>
internal sealed record Item(Observation Observation, Row Row, string Column);

/// <summary>What keeps values from being recorded.</summary>
internal sealed record Rejection(Row Row, string Column, string Reason, string Problem, int Values = 1)
{
    public const string UnknownCountry = "UNKNOWN_COUNTRY";

    public const string InvalidField = "INVALID_FIELD";

    public const string NotFinite = "VALUE_NOT_FINITE";
}

/// <summary>A row, or a cell of it, cannot be read.</summary>
internal sealed class RowException(string column, string reason, string problem) : Exception(problem)
{
    public string Column { get; } = column;

    public string Reason { get; } = reason;
}
