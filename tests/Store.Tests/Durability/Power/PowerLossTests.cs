using EarlyWarning.Store.Databases;

namespace EarlyWarning.Store.Tests.Durability.Power;

public sealed class PowerLossTests(ITestOutputHelper output)
{
    private const int Losses = 15;
    private const string Log = SqliteDatabase.FileName + "-wal";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Start_PowerWasLostAgainAndAgain_FindsAllThatWasAcknowledgedAndNothingInHalf(int seed)
    {
        using PowerCuts cuts = new(seed, _ => true);
        for (var loss = 0; loss <= Losses; loss++)
        {
            Assert.Empty(await cuts.LiveAsync());
        }

        output.WriteLine($"{Losses} losses, {cuts.Units} units");
    }

    /// <summary>
    /// The test's own test: on a disk that, after some lives, flushes nothing or not the one file, it must find what is lost.
    /// </summary>
    [Theory]
    [InlineData("")]
    [InlineData(Log)]
    [InlineData(SqliteDatabase.FileName)]
    public async Task Start_DiskIgnoredAFlush_IsFound(string ignored)
    {
        const int Sound = 3;
        var losses = 0;
        using PowerCuts cuts = new(4, name => losses < Sound || (ignored.Length > 0 && name != ignored));
        List<string> wrong = [];
        for (; losses <= 4 * Losses && wrong.Count == 0; losses++)
        {
            wrong = await cuts.LiveAsync();
        }

        Assert.NotEmpty(wrong);
        Assert.True(losses > Sound, string.Join("; ", wrong));
        output.WriteLine($"after {losses - 1} losses: {string.Join("; ", wrong)}");
    }
}
