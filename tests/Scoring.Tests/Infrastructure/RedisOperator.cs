using StackExchange.Redis;

namespace EarlyWarning.Scoring.Tests.Infrastructure;

/// <summary>Takes the place of an operator of a Redis, or of a foreign program.</summary>
internal static class RedisOperator
{
    public static async Task<T> DoAsync<T>(this RedisServer redis, Func<IDatabase, IServer, Task<T>> act)
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{redis.Port},allowAdmin=true");
        return await act(connection.GetDatabase(), connection.GetServers().Single());
    }

    public static Task FlushAsync(this RedisServer redis) =>
        redis.DoAsync(
            async (_, server) =>
            {
                await server.FlushAllDatabasesAsync();
                return true;
            }
        );

    /// <summary>Counts the results that it keeps.</summary>
    public static Task<int> CountAsync(this RedisServer redis) =>
        redis.DoAsync((_, server) => Task.FromResult(server.Keys(pattern: "early-warning:*:result:*").Count()));
}
