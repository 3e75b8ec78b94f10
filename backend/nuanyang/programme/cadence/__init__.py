"""What a clause or a plan asks for becomes what is expected on which days, and what was done says how it went. Knows neither plans nor measures."""
