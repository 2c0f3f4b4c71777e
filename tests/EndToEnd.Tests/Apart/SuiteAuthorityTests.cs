using System.Security.Cryptography.X509Certificates;
using EarlyWarning.Host.Cluster;

namespace EarlyWarning.EndToEnd.Tests.Apart;

public sealed class SuiteAuthorityTests
{
    [Fact]
    public async Task Open_TwoProcessesAtOnce_OneAuthority()
    {
        await using var store = Store();
        using var one = new SuiteAuthority(store.Store, TimeProvider.System);
        using var other = new SuiteAuthority(store.Store, TimeProvider.System);

        await Task.WhenAll(one.OpenAsync(TestContext.Current.CancellationToken), other.OpenAsync(TestContext.Current.CancellationToken));

        Assert.True(one.IsMember(other.Own));
        Assert.True(other.IsMember(one.Own));
        Assert.Equal(one.Secret, other.Secret);
        Assert.Equal(64, one.Secret.Length);
        Assert.NotEqual(one.Own.SerialNumber, other.Own.SerialNumber);
    }

    [Fact]
    public async Task IsMember_AnotherSuiteOrNobody_IsNot()
    {
        await using var store = Store();
        await using var elsewhere = Store();
        using var own = new SuiteAuthority(store.Store, TimeProvider.System);
        using var foreign = new SuiteAuthority(elsewhere.Store, TimeProvider.System);
        await own.OpenAsync(TestContext.Current.CancellationToken);
        await foreign.OpenAsync(TestContext.Current.CancellationToken);
        using var tests = new TestAuthority("early-warning suite");
        var (signed, key) = tests.Client("CN=early-warning process");
        using var other = X509Certificate2.CreateFromPem(signed, key);

        Assert.False(own.IsMember(null));
        Assert.False(own.IsMember(foreign.Own));
        Assert.False(own.IsMember(other));
    }

    [Fact]
    public async Task IsMember_ClockOfTheOtherADayOff_IsStill()
    {
        await using var store = Store();
        using var own = await OpenAsync(store, TimeSpan.Zero);
        using var ahead = await OpenAsync(store, TimeSpan.FromHours(23));
        using var behind = await OpenAsync(store, TimeSpan.FromHours(-23));
        using var lost = await OpenAsync(store, TimeSpan.FromDays(3));

        Assert.True(own.IsMember(ahead.Own));
        Assert.True(own.IsMember(behind.Own));
        Assert.False(own.IsMember(lost.Own));
    }

    [Fact]
    public async Task Own_WhileItRuns_IsMadeAnewBeforeItEnds()
    {
        await using var store = Store();
        MovedTime time = new(TimeProvider.System);
        using var own = new SuiteAuthority(store.Store, time);
        await own.OpenAsync(TestContext.Current.CancellationToken);
        var first = own.Own;

        Assert.Same(first, own.Own);
        time.Moved = MemberCertificate.Use + TimeSpan.FromMinutes(1);

        Assert.NotEqual(first.SerialNumber, own.Own.SerialNumber);
        Assert.True(own.IsMember(own.Own));
        Assert.True(own.IsMember(first), "one that is still in use somewhere holds for a day more");
    }

    [Fact]
    public async Task Open_UnderANewEpoch_OldMembersAreNoneAnyLonger()
    {
        await using var store = Store();
        using var stayed = await OpenAsync(store, TimeSpan.Zero);
        var (before, secret) = (stayed.Own, stayed.Secret);
        await Epochs.NextAsync(store.Store);

        await stayed.OpenAsync(TestContext.Current.CancellationToken);

        Assert.False(stayed.IsMember(before));
        Assert.True(stayed.IsMember(stayed.Own));
        Assert.NotEqual(secret, stayed.Secret);
        Assert.Single(
            await store.Store.ReadAsync(
                new("select epoch from cluster_authority"),
                row => row.GetString(0),
                TestContext.Current.CancellationToken
            )
        );
    }

    private static async Task<SuiteAuthority> OpenAsync(TestStore store, TimeSpan off)
    {
        var authority = new SuiteAuthority(store.Store, new MovedTime(TimeProvider.System) { Moved = off });
        await authority.OpenAsync(TestContext.Current.CancellationToken);
        return authority;
    }

    private static TestStore Store() => new(TimeProvider.System, ClusterTables.Migrations);
}
