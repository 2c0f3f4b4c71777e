using EarlyWarning.Host.Options;
using EarlyWarning.Host.Status;
using EarlyWarning.Store.Processes;

namespace EarlyWarning.EndToEnd.Tests.Status;

/// <summary>What a process without the local sidecar says of delivery.</summary>
public sealed class DeliveryLinesTests
{
    [Fact]
    public async Task Read_SidecarIsAnotherProcess_LeavesItToThatOne() => Assert.Empty((await ReadAsync([ServiceNames.Sidecar])).Lines);

    [Fact]
    public async Task Read_NoProcessIsTheSidecar_SaysThatDaprdKeepsTheDeadLetters() =>
        Assert.Contains("daprd", Assert.Single((await ReadAsync(["notification"])).Lines).Text, StringComparison.Ordinal);

    private static async Task<ServiceDefaults.Status.StatusReport> ReadAsync(IReadOnlyList<string> elsewhere) =>
        await new DeliveryLines(new(new Two(elsewhere), TimeProvider.System), TimeProvider.System).ReadAsync(default);

    private sealed class Two(IReadOnlyList<string> elsewhere) : IProcesses
    {
        public string Own => "one";

        public Task<IReadOnlyList<SuiteProcess>> ListAsync(CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<SuiteProcess>>([
                new("one", ["risk"], "", "", DateTimeOffset.UnixEpoch, TimeSpan.Zero),
                new("two", elsewhere, "", "", DateTimeOffset.UnixEpoch, TimeSpan.Zero),
            ]);

        public void GoBy(string file, string content) { }

        public Task<IReadOnlyList<string>> EndedAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<string>>([]);
    }
}
