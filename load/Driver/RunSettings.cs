using EarlyWarning.Driver.Measuring;
using EarlyWarning.Driver.Scenarios;
using EarlyWarning.Driver.Targets;

namespace EarlyWarning.Driver;

/// <summary>What was asked for.</summary>
/// <param name="Scenario">The scenario, with its length and its load as asked for.</param>
/// <param name="PostgreSql">The suite that is started has a PostgreSQL, which is started too.</param>
/// <param name="Endpoints">A suite that runs already; none for one of our own.</param>
/// <param name="Keys">Who calls that one.</param>
/// <param name="Authority">The file of the authorities that vouch for its certificate.</param>
/// <param name="Processes">Its processes on this machine.</param>
/// <param name="Rest">How long a suite of our own is left alone before its memory is measured.</param>
/// <param name="Folder">Where the reports go.</param>
internal sealed record RunSettings(
    Scenario Scenario,
    bool PostgreSql,
    IReadOnlyList<Uri> Endpoints,
    IReadOnlyList<PartnerKey> Keys,
    string? Authority,
    IReadOnlyList<MeasuredProcess> Processes,
    TimeSpan Rest,
    string Folder
);
