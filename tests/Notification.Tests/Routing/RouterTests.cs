using EarlyWarning.Notification.Directory;
using EarlyWarning.Notification.Routing;
using static EarlyWarning.Notification.Tests.Infrastructure.Samples;

namespace EarlyWarning.Notification.Tests.Routing;

public sealed class RouterTests
{
    private const string Organisations = "- {short: UNX, name: Union, members: [XAA, XAB]}";

    [Fact]
    public void ForBreach_Operators_AreThoseOfTheCountryAndOfAll()
    {
        var directory = Listing(
            $"{Recipient("of-xab", "operator", "countries: [XAB]")}\n{Recipient("of-xac", "operator", "countries: [XAC]")}\n"
                + $"{Recipient("of-all", "operator")}\n{Recipient("focal", "focal-point", "countries: [XAB]")}"
        );

        var route = Router.ForBreach(directory, "XAB");

        Assert.Equal(["recipients/of-all", "recipients/of-xab"], route.Addressees.Select(one => one.Recipient));
        Assert.Equal("Operator for XAB: is told of every breach.", route.Addressees[1].Reason);
        Assert.Empty(route.Nobody);
    }

    [Theory]
    [InlineData("XAB", true)]
    [InlineData("XAC", false)]
    public void ForStep_RegionalOrganisation_IsAskedAboutItsMembersOnly(string country, bool asked)
    {
        var directory = Listing(Recipient("unx", "regional-organisation", "organisation: UNX"), Organisations);

        var route = Router.ForStep(directory, Escalation(V1.Role.RegionalOrganisation, step: 3, country));

        Assert.Equal(asked, route.Addressees.Count == 1);
        Assert.Equal(asked, route.Nobody.Length == 0);
    }

    [Theory]
    [InlineData("un-office", V1.Role.UnOffice)]
    [InlineData("decision-maker", V1.Role.DecisionMaker)]
    public void ForStep_UnOfficeOrDecisionMaker_IsAskedAboutEveryCountry(string inFile, V1.Role role)
    {
        var route = Router.ForStep(Listing(Recipient("them", inFile)), Escalation(role, country: "XZZ"));

        Assert.Contains("cases/c1", Assert.Single(route.Addressees).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void ForBreach_NobodyMatches_SaysWhoIsMissing()
    {
        var route = Router.ForBreach(Listing(Recipient("of-xac", "operator", "countries: [XAC]")), "XAB");

        Assert.Contains("names no operator for XAB", route.Nobody, StringComparison.Ordinal);
    }

    [Fact]
    public void ForEnd_RecipientsOfTheBreach_AreToldAndWhoHasLeftIsWaitedFor()
    {
        var directory = Listing($"{Recipient("here", "operator")}\n{Recipient("never-told", "operator")}");

        var route = Router.ForEnd(directory, [Then("here"), Then("gone")]);

        Assert.Equal([("recipients/here", false), ("recipients/gone", true)], route.Addressees.Select(one => (one.Recipient, one.HasLeft)));
        Assert.Equal("was-then", Assert.Single(route.Addressees[1].Channels).Id);
        Assert.Equal("inbox", Assert.Single(route.Addressees[0].Channels).Id);
    }

    [Fact]
    public void WhyNot_RegionalOrganisationOfOthers_NamesTheMembership()
    {
        var entry = Listing(Recipient("unx", "regional-organisation", "organisation: UNX"), Organisations).Entries[0];

        Assert.Equal("unx was not told: XAC is not a member of UNX.", Router.WhyNot(entry, "XAC"));
        Assert.Contains("no step of a case has asked", Router.WhyNot(entry, "XAB"), StringComparison.Ordinal);
    }

    private static Addressee Then(string id) =>
        new(
            $"recipients/{id}",
            id,
            V1.Role.Operator,
            "",
            "",
            [new ChannelTarget("was-then", V1.ChannelKind.Webhook, null, [], "https://example.org")]
        );
}
