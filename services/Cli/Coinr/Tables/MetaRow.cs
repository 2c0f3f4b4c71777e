using EarlyWarning.Cli.Importing;

namespace EarlyWarning.Cli.Coinr.Tables;

/// <summary>A row of iMeta: an indicator, an aggregate, a grouping or a denominator.</summary>
/// <param name="Row">The row in the file.</param>
/// <param name="ICode">COINr's code.</param>
/// <param name="Code">The code in the suite.</param>
/// <param name="Name">The name for people.</param>
/// <param name="Type">What it is.</param>
/// <param name="Level">1 for an indicator, more for an aggregate; 0 for the others.</param>
/// <param name="Direction">1 or -1; of an indicator.</param>
/// <param name="Weight">Above 0; of an indicator or aggregate.</param>
/// <param name="Unit">The unit; empty where none is stated.</param>
/// <param name="Parent">The code of the aggregate above; empty at the top.</param>
/// <param name="Denominator">The code of the column that divides; empty for none.</param>
internal sealed record MetaRow(
    Row Row,
    string ICode,
    string Code,
    string Name,
    MetaType Type,
    int Level,
    int Direction,
    double Weight,
    string Unit,
    string Parent,
    string Denominator
);

/// <summary>What a row of iMeta is.</summary>
internal enum MetaType
{
    Indicator,
    Aggregate,
    Group,
    Denominator,
    Other,
}
