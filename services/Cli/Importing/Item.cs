using EarlyWarning.V1;

namespace EarlyWarning.Cli.Importing;

/// <summary>A row of the file.</summary>
internal sealed record Row(long Line, string[] Cells);

/// <summary>An observation and the cell that it comes from.</summary>
internal sealed record Item(Observation Observation, Row Row, string Column)
{
    /// <summary>Nothing was measured: a part that is not known of what several rows come to. Never sent.</summary>
    public bool IsMissing { get; init; }

    /// <summary>It is the file's last word on its key, and should be current when the import is over.</summary>
    public bool IsLast { get; init; } = true;

    /// <summary>A row before it has a higher revision of its key, so that it will not be current.</summary>
    public bool IsOutranked { get; init; }
}

/// <summary>What keeps values from being recorded.</summary>
internal sealed record Rejection(Row Row, string Column, string Reason, string Problem, int Values = 1)
{
    public const string UnknownCountry = "UNKNOWN_COUNTRY";

    public const string OutsideStateYears = "OUTSIDE_STATE_YEARS";

    public const string InvalidField = "INVALID_FIELD";

    public const string NotFinite = "VALUE_NOT_FINITE";

    public const string RepeatedKey = "REPEATED_KEY";

    public const string MissingPart = "MISSING_PART";

    public const string UnitMismatch = "UNIT_MISMATCH";
}

/// <summary>A row, or a cell of it, cannot be read.</summary>
internal sealed class RowException(string column, string reason, string problem) : Exception(problem)
{
    public string Column { get; } = column;

    public string Reason { get; } = reason;
}
