using EarlyWarning.Driver.Catalogue;
using EarlyWarning.V1;

namespace EarlyWarning.Driver.Activities;

/// <summary>Readers who ask for one country's risk, or for the ranking of all.</summary>
internal sealed class ReadActivity(Workbench bench, bool ranking) : IActivity
{
    public async Task<Called> CallAsync(long number, CancellationToken cancellationToken)
    {
        var client = new RiskService.RiskServiceClient(bench.Reader(number));
        if (ranking)
        {
            await client.RankCountriesAsync(
                new() { Parent = LoadFramework.Name },
                deadline: Workbench.Deadline,
                cancellationToken: CancellationToken.None
            );
        }
        else
        {
            var country = bench.Countries[(int)(number % bench.Countries.Count)];
            await client.GetCountryRiskAsync(
                new() { Name = $"{LoadFramework.Name}/risks/{country}" },
                deadline: Workbench.Deadline,
                cancellationToken: CancellationToken.None
            );
        }

        return new(1);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
