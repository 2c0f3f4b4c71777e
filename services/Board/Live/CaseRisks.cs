using EarlyWarning.Board.Calls;
using EarlyWarning.V1;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace EarlyWarning.Board.Live;

/// <summary>
/// The risks in which a case's newest breaches were decided. Cases and risks come by watches of their own: what is said in a case and the
/// figures beside it are to be of one moment, never old figures beside new words.
/// </summary>
internal sealed class CaseRisks(SuiteClient suite, LiveState state, ILogger logger)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    /// <summary>So long nothing is asked after what was not answered: many cases at once would wait for each in vain.</summary>
    private static readonly TimeSpan s_rest = TimeSpan.FromSeconds(5);
    private long? _unanswered;

    /// <summary>Whether a risk is of the moment of a case's newest breaches under its framework, or a later one.</summary>
    public static bool Covers(CountryRisk risk, Case one) =>
        one.Causes.All(cause => cause.CloseTime is not null || NameOf(cause, one) != risk.Name || cause.Revision <= risk.Revision);

    /// <summary>
    /// Asks for those that a case speaks of and the watch has not brought yet; without those that are not answered soon, because no case
    /// waits for them to be shown.
    /// </summary>
    public async Task<IReadOnlyList<CountryRisk>> ReadAsync(Case one, CancellationToken cancellationToken)
    {
        List<CountryRisk> risks = [];
        foreach (var cause in one.Causes.Where(cause => cause.CloseTime is null).OrderByDescending(cause => cause.Revision))
        {
            var name = NameOf(cause, one);
            var now = state.Current;
            if (
                !now.Frameworks.ContainsKey(ResourceName.FrameworkOfCause(cause.Id))
                || now.Risks.GetValueOrDefault(name)?.Revision >= cause.Revision
                || risks.Exists(risk => risk.Name == name)
                || (_unanswered is { } at && TimeProvider.System.GetElapsedTime(at) < s_rest)
            )
            {
                continue;
            }

            try
            {
                GetCountryRiskRequest request = new() { Name = name, MinimumRevision = cause.Revision };
                var soon = TimeProvider.System.GetUtcNow().UtcDateTime + s_patience;
                risks.Add((await suite.Risks.GetCountryRiskAsync(request, deadline: soon, cancellationToken: cancellationToken)).Risk);
            }
            catch (RpcException exception) when (!cancellationToken.IsCancellationRequested)
            {
                _unanswered = TimeProvider.System.GetTimestamp();
                logger.RiskOfCaseNotAnswered(name, one.Name, exception.Status.Detail);
            }
        }

        return risks;
    }

    private static string NameOf(Cause cause, Case one) => BoardState.NameOf(ResourceName.FrameworkOfCause(cause.Id), one.Country);
}
