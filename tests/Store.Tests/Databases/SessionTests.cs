using EarlyWarning.Store.Tests.Infrastructure;

namespace EarlyWarning.Store.Tests.Databases;

/// <summary>How the suite's sessions on a server are set.</summary>
public sealed class SessionTests(PostgresFixture store)
{
    [Fact]
    public async Task Sessions_OfReadersAndOfTheWriter_AreNotCompiledForAlsoWhenTheyAreUsedAgain()
    {
        for (var use = 0; use < 3; use++)
        {
            Assert.Equal(["off"], await store.Store.ReadAsync(new("show jit"), row => row.GetString(0), CancellationToken.None));
        }

        List<string> writer = [];
        await store.Store.RunAsync(session => writer.AddRange(session.Query(new("show jit"), row => row.GetString(0))));
        Assert.Equal(["off"], writer);
    }
}
