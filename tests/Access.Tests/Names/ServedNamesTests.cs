using System.Net;
using EarlyWarning.Access.Names;

namespace EarlyWarning.Access.Tests.Names;

/// <summary>By which names a suite is called, and which pages are its own.</summary>
public sealed class ServedNamesTests
{
    private static readonly ServedNames s_named = new(
        [IPAddress.Loopback, IPAddress.Parse("192.0.2.7")],
        ["ew.example.org", "203.0.113.9"],
        ["https://desk.example.org"]
    );

    [Theory]
    [InlineData("localhost:5050")]
    [InlineData("LOCALHOST")]
    [InlineData("localhost.")]
    [InlineData("127.0.0.1:5050")]
    [InlineData("127.0.0.2")]
    [InlineData("[::1]:5050")]
    [InlineData("192.0.2.7:5050")]
    [InlineData("203.0.113.9")]
    [InlineData("ew.example.org")]
    [InlineData("EW.example.org.:443")]
    public void Host_OfTheSuite_IsServed(string host) => Assert.True(s_named.Serves(new(host)));

    [Theory]
    [InlineData("")]
    [InlineData("attacker.example")]
    [InlineData("localhost.attacker.example")]
    [InlineData("ew.example.org.attacker.example")]
    [InlineData("sub.ew.example.org")]
    [InlineData("127.0.0.1.attacker.example")]
    [InlineData("192.0.2.8")]
    [InlineData("0.0.0.0:5050")]
    [InlineData("[2001:db8::1]")]
    public void Host_Foreign_IsNotServed(string host) => Assert.False(s_named.Serves(new(host)));

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    public void Host_SuiteOnEveryAddress_TakesAddressesButNoNames(string address)
    {
        var names = new ServedNames([IPAddress.Parse(address)], [], []);

        Assert.All(["10.1.2.3:5050", "[2001:db8::1]:5050", "localhost"], host => Assert.True(names.Serves(new(host)), host));
        Assert.All(["attacker.example", "10.1.2.3.attacker.example"], host => Assert.False(names.Serves(new(host)), host));
    }

    [Theory]
    [InlineData("http://localhost:5050", "localhost:5050")]
    [InlineData("http://[::1]:5050", "[::1]:5050")]
    [InlineData("https://ew.example.org", "ew.example.org")]
    [InlineData("https://ew.example.org", "ew.example.org:443")]
    [InlineData("http://ew.example.org", "EW.example.org")]
    [InlineData("https://desk.example.org", "ew.example.org")]
    public void Origin_OwnOrNamed_IsTaken(string origin, string host) => Assert.True(s_named.Takes(origin, new(host)));

    [Theory]
    [InlineData("http://attacker.example", "localhost:5050")]
    [InlineData("http://localhost:3000", "localhost:5050")]
    [InlineData("http://localhost", "localhost:5050")]
    [InlineData("http://desk.example.org", "ew.example.org")]
    [InlineData("https://desk.example.org:8443", "ew.example.org")]
    [InlineData("https://desk.example.org.attacker.example", "ew.example.org")]
    [InlineData("null", "localhost:5050")]
    [InlineData("", "localhost:5050")]
    [InlineData("file://", "localhost:5050")]
    [InlineData("not an origin", "localhost:5050")]
    public void Origin_Foreign_IsNotTaken(string origin, string host) => Assert.False(s_named.Takes(origin, new(host)));
}
