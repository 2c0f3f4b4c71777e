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
    public void IsReserved_NameOfTheSuite_WhateverItsCaseAndSpaces(string name, bool reserved) => Assert.Equal(reserved, Caller.IsReserved(name));

    [Fact]
    public void Add_KeyForTheSuitesOwnName_IsRefused()
        => Assert.Throws<InvalidDataException>(() => ApiKeys.Add(Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N")), "SUITE"));
}
