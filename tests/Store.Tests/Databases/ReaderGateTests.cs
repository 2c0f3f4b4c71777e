using EarlyWarning.Store.Databases;

namespace EarlyWarning.Store.Tests.Databases;

public sealed class ReaderGateTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);
    private readonly ReaderGate _gate = new();

    [Fact]
    public async Task RunAlone_ReadersComeWithoutEnd_WaitsForThoseInsideAndKeepsTheOthersOut()
    {
        _gate.Enter();
        var (alone, entered) = (false, Task.CompletedTask);
        var running = Task.Run(() => _gate.RunAlone(s_patience, () =>
            {
                alone = true;
                entered = Task.Run(_gate.Enter);
                Assert.False(entered.IsCompleted);
            }));
        Assert.False(alone);

        _gate.Leave();

        await running.WaitAsync(Eventually.Patience);
        Assert.True(alone);
        await entered.WaitAsync(Eventually.Patience);
    }

    [Fact]
    public async Task RunAlone_OneInsideNeverGoes_RunsAfterThePatienceAndLetsTheOthersIn()
    {
        _gate.Enter();
        var ran = false;
        _gate.RunAlone(TimeSpan.FromMilliseconds(1), () => ran = true);
        Assert.True(ran);
        await Task.Run(_gate.Enter).WaitAsync(Eventually.Patience);
    }

    [Fact]
    public async Task RunAlone_ActionThrows_LetsTheOthersIn()
    {
        Assert.Throws<InvalidOperationException>(() => _gate.RunAlone(s_patience, () => throw new InvalidOperationException()));
        await Task.Run(_gate.Enter).WaitAsync(Eventually.Patience);
    }
}
