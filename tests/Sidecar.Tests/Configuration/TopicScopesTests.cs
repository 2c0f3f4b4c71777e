using EarlyWarning.Sidecar.Configuration;

namespace EarlyWarning.Sidecar.Tests.Configuration;

public sealed class TopicScopesTests
{
    [Theory]
    [InlineData(null, null, null, "a", "t", true)]
    [InlineData("t", null, null, "a", "t", true)]
    [InlineData("other", null, null, "a", "t", false)]
    [InlineData(null, "t", null, "a", "t", false)]
    [InlineData(null, "t", "a=t", "a", "t", true)]
    [InlineData(null, null, "a=x, t ;b=y", "a", "t", true)]
    [InlineData(null, null, "a=x", "a", "t", false)]
    [InlineData(null, null, "a=", "a", "t", false)]
    [InlineData(null, null, "b=x", "a", "t", true)]
    public void MayPublish_ByDaprsRules_IsDecided(
        string? allowed,
        string? protectedTopics,
        string? scopes,
        string app,
        string topic,
        bool expected
    )
    {
        Assert.Equal(expected, new TopicScopes(allowed, protectedTopics, scopes, null).MayPublish(app, topic));
        Assert.Equal(expected, new TopicScopes(allowed, protectedTopics, null, scopes).MaySubscribe(app, topic));
    }
}
