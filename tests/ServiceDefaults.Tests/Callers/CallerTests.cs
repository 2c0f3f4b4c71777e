using EarlyWarning.ServiceDefaults.Callers;

namespace EarlyWarning.ServiceDefaults.Tests.Callers;

public sealed class CallerTests
{
    [Theory]
    [InlineData("suite", true)]
    [InlineData(" Suite ", true)]
    [InlineData("s u i t e", true)]
    [InlineData("desk of the suite", false)]
    [InlineData("", false)]
    public void IsReserved_NameOfTheSuite_WhateverItsCaseAndSpaces(string name, bool reserved) =>
        Assert.Equal(reserved, Caller.IsReserved(name));
}
